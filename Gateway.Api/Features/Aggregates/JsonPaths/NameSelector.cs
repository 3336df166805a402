using System.Text.Json;

namespace Gateway.Features.Aggregates.JsonPaths;

/// <summary>Members by name: <c>.id</c>, <c>['a','b']</c>.</summary>
internal sealed class NameSelector(IReadOnlyList<string> names) : ISelector
{
    public bool IsSingle => names.Count == 1;

    public IEnumerable<JsonElement> Select(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) yield break;
        foreach (var name in names)
            if (value.TryGetProperty(name, out var member)) yield return member;
    }
}
