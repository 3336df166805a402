using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Values.Conversions;

/// <summary>Reads the names of conversions.</summary>
internal static class ConversionParser
{
    private static readonly string[] Known =
    [
        "string", "integer", "number", "boolean", "trim", "upper", "lower", "split(,)", "join(,)", "epochSeconds -> iso", "epochMillis -> iso",
        "iso -> epochSeconds", "iso -> epochMillis", "date(dd.MM.yyyy) -> iso", "iso -> date(dd.MM.yyyy)", "boolean -> 1/0", "boolean -> Y/N",
        "Y/N -> boolean", "base64", "unbase64",
    ];

    /// <summary>One conversion, or a list of them.</summary>
    /// <returns>The conversions that have no problem.</returns>
    public static IReadOnlyList<Conversion> List(DocumentNode node, PlanScope scope)
    {
        if (node is not ArrayNode list) return One(node, scope) is { } only ? [only] : [];
        if (list.Items.Count == 0) scope.Invalid("the list of conversions is empty", "Name one, or leave the path out");
        var conversions = new List<Conversion>();
        for (var i = 0; i < list.Items.Count; i++)
            if (One(list.Items[i], scope.Item(i, list.Items[i])) is { } conversion) conversions.Add(conversion);
        return conversions;
    }

    private static Conversion? One(DocumentNode node, PlanScope scope)
    {
        if (node is not ScalarNode { Scalar: ScalarKind.String } text)
        {
            scope.WrongType(node, "the name of a conversion");
            return null;
        }
        if (Parse(text.Text, out var fault) is { } conversion) return conversion;
        var near = Spelling.Nearest(text.Text, Known);
        scope.At(node).Invalid(fault ?? $"there is no conversion '{text.Text}'",
            $"{(near is null ? "" : $"Did you mean '{near}'? ")}Conversions are {string.Join(", ", Known)}");
        return null;
    }

    private static Conversion? Parse(string text, out string? fault)
    {
        fault = null;
        if (Argument(text, "split") is { } pieces)
        {
            if (pieces.Length == 0) fault = "split() has no separator";
            return pieces.Length == 0 ? null : new Conversion(text, v => ScalarConversions.Split(v, pieces)) { Inverse = $"join({pieces})" };
        }
        if (Argument(text, "join") is { } glue)
            return new Conversion(text, v => ScalarConversions.Join(v, glue)) { TakesArrays = true, Inverse = $"split({glue})" };

        var arrow = text.IndexOf("->", StringComparison.Ordinal);
        return arrow < 0 ? Simple(text) : Between(text, text[..arrow].Trim(), text[(arrow + 2)..].Trim(), ref fault);
    }

    private static Conversion? Simple(string text) => text.Trim().ToLowerInvariant() switch
    {
        "string" => new(text, ScalarConversions.ToText) { Pass = PassingConversions.ToText },
        "integer" => new(text, ScalarConversions.ToInteger) { Pass = PassingConversions.ToInteger },
        "number" => new(text, ScalarConversions.ToNumber) { Pass = PassingConversions.ToNumber },
        "boolean" => new(text, ScalarConversions.ToBoolean),
        "trim" => new(text, v => ScalarConversions.OfText(v, t => t.Trim())),
        "upper" => new(text, v => ScalarConversions.OfText(v, t => t.ToUpperInvariant())),
        "lower" => new(text, v => ScalarConversions.OfText(v, t => t.ToLowerInvariant())),
        "base64" => new(text, v => ScalarConversions.OfText(v, ScalarConversions.ToBase64)) { Inverse = "unbase64" },
        "unbase64" => new(text, v => ScalarConversions.OfText(v, ScalarConversions.FromBase64)) { Inverse = "base64" },
        _ => null,
    };

    private static Conversion? Between(string text, string from, string to, ref string? fault)
    {
        var pattern = Argument(from, "date") ?? Argument(to, "date");
        if (pattern is not null && TimeConversions.Fault(pattern) is { } wrong)
        {
            fault = $"the pattern '{pattern}' can't be used: {wrong}";
            return null;
        }
        var pair = $"{(Argument(from, "date") is null ? from : "date")}>{(Argument(to, "date") is null ? to : "date")}";
        Func<JsonValue, JsonValue?>? apply = pair.ToLowerInvariant() switch
        {
            "epochseconds>iso" => v => TimeConversions.FromEpoch(v, 1),
            "epochmillis>iso" => v => TimeConversions.FromEpoch(v, 1000),
            "iso>epochseconds" => v => TimeConversions.ToEpoch(v, 1),
            "iso>epochmillis" => v => TimeConversions.ToEpoch(v, 1000),
            "date>iso" => v => TimeConversions.FromPattern(v, pattern!),
            "iso>date" => v => TimeConversions.ToPattern(v, pattern!),
            "boolean>1/0" => ScalarConversions.ToDigit,
            "boolean>y/n" => ScalarConversions.ToLetter,
            "y/n>boolean" => ScalarConversions.FromLetter,
            _ => null,
        };
        PassingConversions.Pass? pass = pair.ToLowerInvariant() switch
        {
            "epochseconds>iso" => PassingConversions.FromEpochSeconds,
            "epochmillis>iso" => PassingConversions.FromEpochMillis,
            _ => null,
        };
        return apply is null ? null : new Conversion(text, apply) { Inverse = $"{to} -> {from}", Pass = pass };
    }

    // What stands within the brackets, all of it.
    private static string? Argument(string text, string name)
    {
        var trimmed = text.TrimStart();
        return trimmed.StartsWith(name + "(", StringComparison.OrdinalIgnoreCase) && trimmed.EndsWith(')') ? trimmed[(name.Length + 1)..^1] : null;
    }
}
