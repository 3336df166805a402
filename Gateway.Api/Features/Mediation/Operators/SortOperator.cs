using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Sorts arrays.
/// <code>{ "Sort": { "items": { "By": "price.amount", "Descending": true }, "tags": {} } }</code>
/// Buffers. Stable: equal elements keep their order. Numbers come before texts before booleans, numbers by their exact value, texts by code
/// point; missing and null keys come last in both directions. Without <c>By</c> the elements themselves are the keys (A16).
/// </summary>
internal sealed class SortOperator : Operator
{
    public override string Name => "Sort";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var changes = new List<(JsonPath, Func<JsonArray, string, JsonValue>)>();
        foreach (var (path, node, place) in PlanPaths.Map(value, scope, PathKinds.Many))
        {
            if (PlanOptions.Read(node, place, "By", "Descending") is not { } options) continue;
            var by = options.Text("By") is { } text ? PlanPaths.Parse(text, options.At("By"), PathKinds.One) : null;
            var descending = options.Boolean("Descending", otherwise: false);
            changes.Add((path, (array, pointer) => Sort(array, by, descending, pointer)));
        }
        return changes.Count == 0 ? null : new ArrayStep(changes) { Effects = StepEffect.All(EffectKind.Changes, changes.Select(c => c.Item1)) };
    }

    private static JsonArray Sort(JsonArray array, JsonPath? by, bool descending, string pointer)
    {
        var keyed = new List<(Key Key, JsonValue Item)>(array.Items.Count);
        for (var i = 0; i < array.Items.Count; i++)
        {
            var key = by is null ? array.Items[i] : PathReader.First(array.Items[i], by);
            keyed.Add((Key.Of(key) ?? throw MediationFailure.Unprocessable("A value to sort by is neither number, text nor boolean", $"{pointer}/{i}"), array.Items[i]));
        }
        var present = keyed.Where(k => k.Key.Kind != KeyKind.None);
        var sorted = descending ? present.OrderByDescending(k => k.Key) : present.OrderBy(k => k.Key);
        return new JsonArray([.. sorted.Concat(keyed.Where(k => k.Key.Kind == KeyKind.None)).Select(k => k.Item)]);
    }

    private enum KeyKind
    {
        Number,
        Text,
        Boolean,
        None,
    }

    private readonly record struct Key(KeyKind Kind, JsonDecimal Number, string Text) : IComparable<Key>
    {
        /// <returns>The key, or null for an object or array.</returns>
        public static Key? Of(JsonValue? value) => value switch
        {
            null or { IsNull: true } => new Key(KeyKind.None, default, ""),
            JsonNumber number => new Key(KeyKind.Number, number.Exact, ""),
            JsonText text => new Key(KeyKind.Text, default, text.Value),
            JsonLiteral literal => new Key(KeyKind.Boolean, default, literal.AsScalarText!),
            _ => null,
        };

        public int CompareTo(Key other)
        {
            if (Kind != other.Kind) return Kind.CompareTo(other.Kind);
            return Kind == KeyKind.Number ? Number.CompareTo(other.Number) : JsonComparison.CompareTexts(Text, other.Text);
        }
    }
}
