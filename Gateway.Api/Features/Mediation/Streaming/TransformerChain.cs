using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Streaming;

/// <summary>What does the work of several steps that a body passes through, joined end to end.</summary>
internal sealed class TransformerChain
{
    private readonly Transformer[] _transformers;

    public TransformerChain(IReadOnlyList<StreamingStep> steps, JsonSink output)
    {
        _transformers = new Transformer[steps.Count];
        Head = output;
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            var transformer = steps[i].Open(Head);
            transformer.Step = steps[i];
            _transformers[i] = transformer;
            Head = transformer;
        }
    }

    /// <summary>Where the body goes in.</summary>
    public JsonSink Head { get; }

    /// <summary>The steps that found nothing to do.</summary>
    public IEnumerable<Step> Unmatched => _transformers.Where(t => !t.Matched).Select(t => t.Step!);

    public void Begin(Execution execution)
    {
        foreach (var transformer in _transformers) transformer.Begin(execution);
    }
}
