using System.Text.Json;

namespace Gateway.Features.Aggregates.JsonPaths;

/// <summary>One step of a path: from a value to others below it.</summary>
internal interface ISelector
{
    /// <summary>Whether it never selects more than one value.</summary>
    bool IsSingle { get; }

    IEnumerable<JsonElement> Select(JsonElement value);
}
