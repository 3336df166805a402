using System.Globalization;
using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Keeps the first elements of an array.
/// <code>{ "Limit": { "items": 10 } }</code>
/// Buffers.
/// </summary>
internal sealed class LimitOperator : Operator
{
    public override string Name => "Limit";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var changes = new List<(JsonPath, Func<JsonArray, string, JsonValue>)>();
        foreach (var (path, node, place) in PlanPaths.Map(value, scope, PathKinds.Many))
        {
            if (node is ScalarNode { Scalar: ScalarKind.Number } number && int.TryParse(number.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                changes.Add((path, (array, _) => array.Items.Count <= count ? array : new JsonArray([.. array.Items.Take(count)])));
            else place.Invalid($"must be how many elements to keep, was {(node is ScalarNode ? node : node.Kind)}", "Write a whole number from 0");
        }
        return changes.Count == 0 ? null : new ArrayStep(changes) { Effects = StepEffect.All(EffectKind.Changes, changes.Select(c => c.Item1)) };
    }
}
