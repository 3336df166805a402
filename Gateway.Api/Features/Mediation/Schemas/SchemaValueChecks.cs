using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Schemas;

/// <summary>Compiles the keywords that say something of one value, without schemas in them.</summary>
internal sealed class SchemaValueChecks(PlanScope scope)
{
    private static readonly string[] Types = ["null", "boolean", "object", "array", "number", "string", "integer"];

    /// <summary>Reports a schema that can't be used.</summary>
    public SchemaCheck? Wrong(DocumentNode node, string message)
    {
        scope.At(node).Invalid($"the schema can't be used: {message}, and this is {node.Kind}");
        return null;
    }

    public SchemaCheck? Type(DocumentNode node)
    {
        DocumentNode[] items = node is ArrayNode list ? [.. list.Items] : [node];
        var types = new List<string>();
        foreach (var item in items)
        {
            if (item is ScalarNode { Scalar: ScalarKind.String } text && Types.Contains(text.Text)) types.Add(text.Text);
            else return Wrong(item, $"type is one of {string.Join(", ", Types)}");
        }
        var sentence = $"must be {string.Join(" or ", types)}";
        return (value, pointer, errors) =>
        {
            foreach (var type in types)
                if (SchemaChecks.IsOf(value, type)) return;
            errors.Add(pointer, sentence);
        };
    }

    public SchemaCheck? Number(string name, DocumentNode node)
    {
        if (node is not ScalarNode { Scalar: ScalarKind.Number } number) return Wrong(node, $"{name} is a number");
        var bound = JsonDecimal.Parse(number.Text);
        if (name == "multipleOf")
        {
            if (bound.IsZero || bound.Negative || !bound.IsModest) return Wrong(node, "multipleOf is a number above 0");
            return (value, pointer, errors) =>
            {
                if (value is not JsonNumber n || SchemaChecks.IsMultiple(n.Exact, bound)) return;
                errors.Add(pointer, $"must be a multiple of {number.Text}");
            };
        }
        var sentence = name switch
        {
            "maximum" => $"must be at most {number.Text}",
            "exclusiveMaximum" => $"must be less than {number.Text}",
            "minimum" => $"must be at least {number.Text}",
            _ => $"must be more than {number.Text}",
        };
        return (value, pointer, errors) =>
        {
            if (value is not JsonNumber n) return;
            var order = n.Exact.CompareTo(bound);
            if (name switch { "maximum" => order <= 0, "exclusiveMaximum" => order < 0, "minimum" => order >= 0, _ => order > 0 }) return;
            errors.Add(pointer, sentence);
        };
    }

    public SchemaCheck? Size(string name, DocumentNode node)
    {
        if (node is not ScalarNode { Scalar: ScalarKind.Number } number || !JsonDecimal.Parse(number.Text).IsInteger || JsonDecimal.Parse(number.Text).Negative)
            return Wrong(node, $"{name} is a whole number");
        var bound = BigInteger.Min(JsonDecimal.Parse(number.Text).Unscaled(0), int.MaxValue);
        var isMax = name.StartsWith("max", StringComparison.Ordinal);
        var what = name[3..] switch { "Length" => "characters", "Items" => "elements", _ => "members" };
        return (value, pointer, errors) =>
        {
            int? size = (what, value) switch
            {
                ("characters", JsonText text) => text.Value.EnumerateRunes().Count(),
                ("elements", JsonArray array) => array.Items.Count,
                ("members", JsonObject o) => o.Members.Count,
                _ => null,
            };
            if (size is null || (isMax ? size <= bound : size >= bound)) return;
            errors.Add(pointer, string.Create(CultureInfo.InvariantCulture, $"must have at {(isMax ? "most" : "least")} {bound} {what}"));
        };
    }

    public SchemaCheck? Pattern(DocumentNode node) => Expression(node) is { } pattern
        ? (value, pointer, errors) =>
        {
            if (value is JsonText text && !pattern.IsMatch(text.Value)) errors.Add(pointer, "must match the pattern");
        }
    : null;

    /// <summary>A pattern; null after a problem.</summary>
    public Regex? Expression(DocumentNode node, string? text = null)
    {
        text ??= (node as ScalarNode)?.Text;
        try
        {
            if (text is not null) return SchemaPattern.Compile(text);
            Wrong(node, "a pattern is a text");
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            scope.At(node).Invalid($"the pattern can't be used: {e.Message}", "Patterns work without look-around and back-references");
        }
        return null;
    }

    public SchemaCheck? Format(DocumentNode node)
    {
        if (node is not ScalarNode { Scalar: ScalarKind.String } name) return Wrong(node, "format is a name");
        if (SchemaFormats.Find(name.Text) is not { } fits) return null;
        return (value, pointer, errors) =>
        {
            if (value is JsonText text && !fits(text.Value)) errors.Add(pointer, $"must be in the format {name.Text}");
        };
    }
}
