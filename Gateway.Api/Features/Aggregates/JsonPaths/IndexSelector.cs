using System.Text.Json;

namespace Gateway.Features.Aggregates.JsonPaths;

/// <summary>Items by index, from the end where it is negative: <c>[0]</c>, <c>[0,-1]</c>.</summary>
internal sealed class IndexSelector(IReadOnlyList<int> indices) : ISelector
{
    public bool IsSingle => indices.Count == 1;

    public IEnumerable<JsonElement> Select(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array) yield break;
        var length = value.GetArrayLength();
        foreach (var index in indices)
        {
            var at = index < 0 ? length + index : index;
            if (at >= 0 && at < length) yield return value[at];
        }
    }
}
