using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Operators;

/// <summary>A step that changes the arrays at some paths. Anything else there fails the body; null and missing do nothing (A06).</summary>
internal sealed class ArrayStep(IReadOnlyList<(JsonPath Path, Func<JsonArray, string, JsonValue> Change)> changes) : ImmediateStep
{
    protected override JsonValue Apply(JsonValue body, Execution execution)
    {
        foreach (var (path, change) in changes)
            body = PathEditor.Change(body, path, (value, pointer) => value switch
            {
                JsonArray array => change(array, pointer),
                { IsNull: true } => value,
                _ => throw MediationFailure.Unprocessable("A value that has to be an array isn't one", pointer),
            });
        return body;
    }
}
