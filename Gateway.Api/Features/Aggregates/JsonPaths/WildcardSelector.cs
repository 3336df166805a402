using System.Text.Json;

namespace Gateway.Features.Aggregates.JsonPaths;

/// <summary>All members or items: <c>*</c>.</summary>
internal sealed class WildcardSelector : ISelector
{
    public bool IsSingle => false;

    public IEnumerable<JsonElement> Select(JsonElement value) => Children(value);

    public static IEnumerable<JsonElement> Children(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray(),
        JsonValueKind.Object => value.EnumerateObject().Select(member => member.Value),
        _ => [],
    };
}
