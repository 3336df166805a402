using System.Text.Json;

namespace Gateway.Features.Aggregates.JsonPaths;

/// <summary>Items, or members, for which a condition holds: <c>[?(@.price &lt; 10 &amp;&amp; @.name)]</c>.</summary>
/// <param name="anyOf">Alternatives, each of conditions that must all hold.</param>
internal sealed class FilterSelector(IReadOnlyList<IReadOnlyList<FilterCondition>> anyOf) : ISelector
{
    public bool IsSingle => false;

    public IEnumerable<JsonElement> Select(JsonElement value) =>
        WildcardSelector.Children(value).Where(child => anyOf.Any(allOf => allOf.All(condition => condition.Holds(child))));
}
