using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Makes an object of an array, with a key of each element as its name.
/// <code>{ "Index": { "items": "id" } }</code>
/// Buffers. Elements stay whole; a number or boolean gives its JSON text. A key that is missing, of another type, or there twice fails the
/// body (A17).
/// </summary>
internal sealed class IndexOperator : Operator
{
    public override string Name => "Index";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var changes = new List<(JsonPath, Func<JsonArray, string, JsonValue>)>();
        foreach (var (path, node, place) in PlanPaths.Map(value, scope, PathKinds.Many))
        {
            if (node is not ScalarNode { Scalar: ScalarKind.String } text) place.WrongType(node, "the path of the key in each element");
            else if (PlanPaths.Parse(text.Text, place, PathKinds.One) is { } key) changes.Add((path, (array, pointer) => Index(array, key, pointer)));
        }
        return changes.Count == 0 ? null : new ArrayStep(changes) { Effects = StepEffect.All(EffectKind.Changes, changes.Select(c => c.Item1)) };
    }

    private static JsonObject Index(JsonArray array, JsonPath key, string pointer)
    {
        var members = new List<KeyValuePair<string, JsonValue>>(array.Items.Count);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < array.Items.Count; i++)
        {
            if (PathReader.First(array.Items[i], key)?.AsScalarText is not { } name)
                throw MediationFailure.Unprocessable("An element has no key, or one that can't be a name", $"{pointer}/{i}");
            if (!names.Add(name)) throw MediationFailure.Unprocessable("Two elements have the same key", $"{pointer}/{i}");
            members.Add(new(name, array.Items[i]));
        }
        return new JsonObject(members);
    }
}
