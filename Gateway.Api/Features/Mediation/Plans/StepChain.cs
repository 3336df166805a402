using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Streaming;

namespace Gateway.Features.Mediation.Plans;

/// <summary>
/// Steps, one after the other. Neighbours that can work on a passing body form one part and are passed through together; a step that needs
/// the body in memory is a part of its own.
/// </summary>
internal sealed class StepChain
{
    public StepChain(IEnumerable<Step> steps)
    {
        Steps = [.. steps];
        var parts = new List<Part>();
        var streaming = new List<StreamingStep>();
        foreach (var step in Steps)
        {
            if (step is StreamingStep passing)
            {
                streaming.Add(passing);
                continue;
            }
            if (streaming.Count > 0) parts.Add(new Part([.. streaming], null));
            streaming.Clear();
            parts.Add(new Part([], (BufferedStep)step));
        }
        if (streaming.Count > 0) parts.Add(new Part([.. streaming], null));
        Parts = parts;
        BufferedBecause = Steps.OfType<BufferedStep>().FirstOrDefault()?.Reason;
        Hides = Steps.Any(s => s.Hides);
    }

    public IReadOnlyList<Step> Steps { get; }

    public IReadOnlyList<Part> Parts { get; }

    /// <summary>Why a body has to be kept in memory; null when it can pass through.</summary>
    public string? BufferedBecause { get; }

    public bool IsStreaming => BufferedBecause is null;

    public bool Hides { get; }

    /// <summary>Applies the steps to a value that is in memory.</summary>
    public ValueTask<JsonValue> ApplyAsync(JsonValue value, Execution execution) => ApplyAsync(value, execution, 0, Parts.Count);

    /// <summary>Applies some of the parts to a value that is in memory.</summary>
    public async ValueTask<JsonValue> ApplyAsync(JsonValue value, Execution execution, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var part = Parts[i];
            if (part.Buffered is null)
            {
                value = execution.Keep(part, () => new ValueRunner(part.Streaming)).Run(value, execution);
                continue;
            }
            try
            {
                value = await part.Buffered.ApplyAsync(value, execution);
            }
            catch (MediationFailure failure)
            {
                throw failure.At(part.Buffered);
            }
        }
        return value;
    }

    /// <summary>Steps that a body passes through together, or one that needs it in memory.</summary>
    internal sealed class Part(IReadOnlyList<StreamingStep> streaming, BufferedStep? buffered)
    {
        public IReadOnlyList<StreamingStep> Streaming { get; } = streaming;

        public BufferedStep? Buffered { get; } = buffered;
    }
}
