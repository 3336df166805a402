using System.Text.Json;

namespace Gateway.Features.Aggregates.JsonPaths;

/// <summary>One condition of a filter.</summary>
/// <param name="Path">From the item, <c>@</c>.</param>
/// <param name="Operator">How to compare with <paramref name="Literal"/>; null: it is enough that the path selects something.</param>
/// <param name="Literal">A text, number, boolean or null.</param>
internal sealed record FilterCondition(IReadOnlyList<ISelector> Path, string? Operator, JsonElement Literal)
{
    public bool Holds(JsonElement item)
    {
        IEnumerable<JsonElement> found = [item];
        foreach (var selector in Path) found = found.SelectMany(selector.Select);
        return Operator is null ? found.Any() : found.Any(value => Compare(value));
    }

    private bool Compare(JsonElement value)
    {
        if (Operator is "==") return JsonElement.DeepEquals(value, Literal);
        if (Operator is "!=") return !JsonElement.DeepEquals(value, Literal);
        if (Order(value) is not { } order) return false;
        return Operator switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }

    /// <summary>Null where the two can't be ordered.</summary>
    private int? Order(JsonElement value) => (value.ValueKind, Literal.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => value.GetDouble().CompareTo(Literal.GetDouble()),
        (JsonValueKind.String, JsonValueKind.String) => string.CompareOrdinal(value.GetString(), Literal.GetString()),
        _ => null,
    };
}
