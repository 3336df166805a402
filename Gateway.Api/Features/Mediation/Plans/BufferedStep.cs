using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Plans;

/// <summary>A step that needs the body in memory.</summary>
internal abstract class BufferedStep : Step
{
    /// <summary>Why the body is kept in memory: <c>Sort</c>, <c>If</c>.</summary>
    public virtual string Reason => Operator;

    /// <exception cref="MediationFailure">The step can't treat this body.</exception>
    public abstract ValueTask<JsonValue> ApplyAsync(JsonValue body, Execution execution);
}
