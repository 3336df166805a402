using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Streaming;

/// <summary>
/// One step at work on a body that passes through piece by piece. Serves one body at a time, and after each is as it was before.
/// </summary>
internal abstract class Transformer(JsonSink next) : JsonSink
{
    protected JsonSink Next { get; } = next;

    /// <summary>The step that is at work, for the answer that names it.</summary>
    public Step? Step { get; set; }

    /// <summary>Whether it has found anything to do in this exchange.</summary>
    public bool Matched { get; protected set; }

    /// <summary>A new exchange begins.</summary>
    public virtual void Begin(Execution execution)
    {
        Matched = false;
        Reset();
    }

    public override void End() => Next.End();

    public sealed override bool TryRestart()
    {
        Reset();
        return Next.TryRestart();
    }

    /// <summary>A body begins: whatever is left of an earlier one is forgotten.</summary>
    protected virtual void Reset()
    {
    }

    protected MediationFailure Failure(string message) => MediationFailure.Unprocessable(message).At(Step);
}
