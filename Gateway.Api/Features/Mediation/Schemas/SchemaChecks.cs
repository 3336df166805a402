using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Schemas;

/// <summary>Demands of schemas that need nothing of their document.</summary>
internal static class SchemaChecks
{
    public static bool IsOf(JsonValue value, string type) => type switch
    {
        "null" => value.IsNull,
        "boolean" => value is JsonLiteral && !value.IsNull,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "number" => value is JsonNumber,
        "string" => value is JsonText,
        _ => value is JsonNumber number && number.Exact.IsInteger,
    };

    public static SchemaCheck OneOf(IReadOnlyList<JsonValue> allowed) => (value, pointer, errors) =>
    {
        foreach (var item in allowed)
            if (JsonComparison.AreEqual(item, value)) return;
        errors.Add(pointer, "must be one of the values that the schema lists");
    };

    public static bool IsMultiple(JsonDecimal value, JsonDecimal of)
    {
        if (!value.IsModest) return false;
        var scale = (int)Math.Max(value.Scale, of.Scale);
        return (value.Unscaled(scale) % of.Unscaled(scale)).IsZero;
    }

    public static void Unique(JsonValue value, string pointer, SchemaErrors errors)
    {
        if (value is not JsonArray array) return;
        // Values that are equal have equal keys; within a key the few are compared with each other.
        var groups = array.Items.GroupBy(SortingKey, StringComparer.Ordinal).Where(g => g.Skip(1).Any());
        foreach (var group in groups)
        {
            var items = group.ToArray();
            for (var i = 0; i < items.Length; i++)
                for (var j = 0; j < i; j++)
                    if (JsonComparison.AreEqual(items[i], items[j]))
                    {
                        errors.Add(pointer, "must not have two equal elements");
                        return;
                    }
        }
    }

    private static string SortingKey(JsonValue value) => value switch
    {
        JsonText text => $"s{text.Value}",
        JsonNumber { Exact: var exact } => $"n{exact.Negative}{exact.Digits}e{exact.Exponent}",
        JsonArray array => $"a[{string.Join(',', array.Items.Select(SortingKey))}]",
        JsonObject o => $"o{{{string.Join(',', o.Members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}:{SortingKey(m.Value)}"))}}}",
        _ => value.AsScalarText ?? "null",
    };

    public static SchemaCheck Contains(Schema schema) => (value, pointer, errors) =>
    {
        if (value is JsonArray array && !array.Items.Any(i => schema.Fits(i, errors))) errors.Add(pointer, "must have an element that the schema asks for");
    };

    public static SchemaCheck Required(string[] names) => (value, pointer, errors) =>
    {
        if (value is not JsonObject o) return;
        foreach (var name in names)
            if (o.IndexOf(name) < 0) errors.Add(pointer, $"must have the member '{name}'");
    };

    public static SchemaCheck PropertyNames(Schema schema) => (value, pointer, errors) =>
    {
        if (value is not JsonObject o) return;
        foreach (var (name, _) in o.Members)
            if (!schema.Fits(new JsonText(name), errors)) errors.Add($"{pointer}/{JsonPointer.Escape(name)}", "must have another name");
    };

    public static SchemaCheck All(Schema[] schemas) => (value, pointer, errors) =>
    {
        foreach (var schema in schemas) schema.Check(value, pointer, errors);
    };

    public static SchemaCheck Any(Schema[] schemas) => (value, pointer, errors) =>
    {
        if (schemas.Length > 0 && !schemas.Any(s => s.Fits(value, errors))) errors.Add(pointer, "must fit one of several schemas, and fits none");
    };

    public static SchemaCheck ExactlyOne(Schema[] schemas) => (value, pointer, errors) =>
    {
        var fitting = schemas.Count(s => s.Fits(value, errors));
        if (schemas.Length > 0 && fitting != 1) errors.Add(pointer, $"must fit exactly one of several schemas, and fits {fitting}");
    };

    public static SchemaCheck Not(Schema schema) => (value, pointer, errors) =>
    {
        if (schema.Fits(value, errors)) errors.Add(pointer, "must not fit the schema that is excluded");
    };
}
