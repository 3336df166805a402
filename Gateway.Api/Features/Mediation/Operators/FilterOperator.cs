using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Keeps the elements of an array for which a JMESPath condition is true; the condition sees the element (A36).
/// <code>{ "Filter": { "items": "qty > `0`" } }</code>
/// Buffers.
/// </summary>
internal sealed class FilterOperator : Operator
{
    public override string Name => "Filter";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var changes = new List<(JsonPath, Func<JsonArray, string, JsonValue>)>();
        foreach (var (path, node, place) in PlanPaths.Map(value, scope, PathKinds.Many))
            if (PlanExpressions.Parse(node, place) is { } condition)
                changes.Add((path, (array, _) => new JsonArray([.. array.Items.Where(condition.IsTrue)])));
        return changes.Count == 0 ? null : new ArrayStep(changes) { Effects = StepEffect.All(EffectKind.Changes, changes.Select(c => c.Item1)) };
    }
}
