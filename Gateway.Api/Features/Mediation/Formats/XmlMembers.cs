using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Formats;

/// <summary>The members of an object that is made of an element; what repeats becomes an array in the place of its first.</summary>
internal sealed class XmlMembers
{
    private readonly List<(string Name, List<JsonValue> Values, bool IsArray)> _members = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public bool IsEmpty => _members.Count == 0;

    public void Add(string name, JsonValue value, bool isArray)
    {
        if (_places.TryAdd(name, _members.Count)) _members.Add((name, [value], isArray));
        else _members[_places[name]].Values.Add(value);
    }

    public JsonObject ToValue() => new(
        [.. _members.Select(m => KeyValuePair.Create(m.Name, m.Values.Count > 1 || m.IsArray ? new JsonArray(m.Values) : m.Values[0]))]);
}
