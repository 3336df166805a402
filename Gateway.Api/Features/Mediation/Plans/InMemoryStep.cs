using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Streaming;

namespace Gateway.Features.Mediation.Plans;

/// <summary>A step that could work on a passing body, were it not for a path that counts from an array's end.</summary>
internal sealed class InMemoryStep(StreamingStep step) : BufferedStep
{
    public override string Reason => $"{Operator} with an index from the end";

    public override bool Hides => step.Hides;

    public override ValueTask<JsonValue> ApplyAsync(JsonValue body, Execution execution) =>
        new(execution.Keep(this, () => new ValueRunner([step])).Run(body, execution));
}
