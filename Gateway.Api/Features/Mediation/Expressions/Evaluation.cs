using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Expressions;

/// <summary>What the operators of an expression do.</summary>
internal static class Evaluation
{
    public static Func<JsonValue, JsonValue> Field(string name) => v => (v as JsonObject)?[name] ?? JsonLiteral.Null;

    public static Func<JsonValue, JsonValue> Chain(Func<JsonValue, JsonValue> left, Func<JsonValue, JsonValue> right) => v => right(left(v));

    public static Func<JsonValue, JsonValue> Or(Func<JsonValue, JsonValue> left, Func<JsonValue, JsonValue> right) => v =>
    {
        var value = left(v);
        return Expression.IsTruthy(value) ? value : right(v);
    };

    public static Func<JsonValue, JsonValue> And(Func<JsonValue, JsonValue> left, Func<JsonValue, JsonValue> right) => v =>
    {
        var value = left(v);
        return Expression.IsTruthy(value) ? right(v) : value;
    };

    public static Func<JsonValue, JsonValue> Index(Func<JsonValue, JsonValue> left, int index) => v =>
    {
        if (left(v) is not JsonArray array) return JsonLiteral.Null;
        var place = index < 0 ? array.Items.Count + index : index;
        return place >= 0 && place < array.Items.Count ? array.Items[place] : JsonLiteral.Null;
    };

    public static Func<JsonValue, JsonValue> Slice(Func<JsonValue, JsonValue> left, int? start, int? stop, int step) => v =>
    {
        if (left(v) is not JsonArray array) return JsonLiteral.Null;
        var count = array.Items.Count;
        var from = Bound(start, step > 0 ? 0 : count - 1);
        var to = Bound(stop, step > 0 ? count : -1);
        var items = new List<JsonValue>();
        for (long i = from; step > 0 ? i < to : i > to; i += step) items.Add(array.Items[(int)i]);
        return new JsonArray(items);

        int Bound(int? bound, int otherwise)
        {
            if (bound is not { } place) return otherwise;
            if (place < 0) place += count;
            return Math.Clamp(place, step > 0 ? 0 : -1, step > 0 ? count : count - 1);
        }
    };

    public static Func<JsonValue, JsonValue> Flatten(Func<JsonValue, JsonValue> left) => v =>
    {
        if (left(v) is not JsonArray array) return JsonLiteral.Null;
        var items = new List<JsonValue>();
        foreach (var item in array.Items)
        {
            if (item is JsonArray inner) items.AddRange(inner.Items);
            else items.Add(item);
        }
        return new JsonArray(items);
    };

    public static Func<JsonValue, JsonValue> Project(Func<JsonValue, JsonValue> left, Func<JsonValue, JsonValue> each) =>
        v => left(v) is JsonArray array ? Map(array.Items, each) : JsonLiteral.Null;

    public static Func<JsonValue, JsonValue> ProjectValues(Func<JsonValue, JsonValue> left, Func<JsonValue, JsonValue> each) =>
        v => left(v) is JsonObject o ? Map(o.Members.Select(m => m.Value), each) : JsonLiteral.Null;

    public static Func<JsonValue, JsonValue> Filter(Func<JsonValue, JsonValue> left, Func<JsonValue, JsonValue> condition, Func<JsonValue, JsonValue> each) =>
        v => left(v) is JsonArray array ? Map(array.Items.Where(i => Expression.IsTruthy(condition(i))), each) : JsonLiteral.Null;

    public static Func<JsonValue, JsonValue> List(IReadOnlyList<Func<JsonValue, JsonValue>> items) =>
        v => v.IsNull ? v : new JsonArray([.. items.Select(i => i(v))]);

    public static Func<JsonValue, JsonValue> Hash(IReadOnlyList<(string Name, Func<JsonValue, JsonValue> Value)> members) => v =>
    {
        if (v.IsNull) return v;
        var o = JsonObject.Empty;
        foreach (var (name, value) in members) o = o.With(name, value(v));
        return o;
    };

    public static Func<JsonValue, JsonValue> Compare(ExpressionTokenKind comparison, Func<JsonValue, JsonValue> left, Func<JsonValue, JsonValue> right)
    {
        if (comparison == ExpressionTokenKind.Equal) return v => JsonLiteral.Of(JsonComparison.AreEqual(left(v), right(v)));
        if (comparison == ExpressionTokenKind.NotEqual) return v => JsonLiteral.Of(!JsonComparison.AreEqual(left(v), right(v)));
        return v =>
        {
            if (left(v) is not JsonNumber a || right(v) is not JsonNumber b) return JsonLiteral.Null;
            var order = a.Exact.CompareTo(b.Exact);
            return JsonLiteral.Of(comparison switch
            {
                ExpressionTokenKind.Less => order < 0,
                ExpressionTokenKind.LessOrEqual => order <= 0,
                ExpressionTokenKind.Greater => order > 0,
                _ => order >= 0,
            });
        };
    }

    private static JsonArray Map(IEnumerable<JsonValue> items, Func<JsonValue, JsonValue> each)
    {
        var results = new List<JsonValue>();
        foreach (var item in items)
        {
            var result = each(item);
            if (!result.IsNull) results.Add(result);
        }
        return new JsonArray(results);
    }
}
