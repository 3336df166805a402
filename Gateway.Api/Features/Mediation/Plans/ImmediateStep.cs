using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Plans;

/// <summary>A step that needs the body in memory, and nothing to wait for.</summary>
internal abstract class ImmediateStep : BufferedStep
{
    public sealed override ValueTask<JsonValue> ApplyAsync(JsonValue body, Execution execution) => new(Apply(body, execution));

    /// <exception cref="MediationFailure">The step can't treat this body.</exception>
    protected abstract JsonValue Apply(JsonValue body, Execution execution);
}
