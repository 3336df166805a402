using System.Text.Json;

namespace Gateway.Features.Aggregates.JsonPaths;

/// <summary>A value and everything below it: <c>..</c>, in front of another selector.</summary>
internal sealed class DescendantSelector : ISelector
{
    public bool IsSingle => false;

    public IEnumerable<JsonElement> Select(JsonElement value) => WildcardSelector.Children(value).SelectMany(Select).Prepend(value);
}
