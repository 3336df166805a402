namespace Gateway.Features.Mediation.Json;

/// <summary>An object; each name once, in order.</summary>
internal sealed class JsonObject(IReadOnlyList<KeyValuePair<string, JsonValue>> members) : JsonValue
{
    // Below this size a linear search is faster than a dictionary.
    private const int Narrow = 8;

    public static readonly JsonObject Empty = new([]);

    private Dictionary<string, int>? _index;

    public IReadOnlyList<KeyValuePair<string, JsonValue>> Members { get; } = members;

    public override string Kind => "an object";

    /// <summary>The member of that name, or null when there is none; a member that is null is <see cref="JsonLiteral.Null"/>.</summary>
    public JsonValue? this[string name] => IndexOf(name) is >= 0 and var i ? Members[i].Value : null;

    public int IndexOf(string name)
    {
        if (Members.Count > Narrow)
        {
            if (_index is null)
            {
                var index = new Dictionary<string, int>(Members.Count, StringComparer.Ordinal);
                for (var i = 0; i < Members.Count; i++) index[Members[i].Key] = i;
                _index = index;
            }
            return _index.TryGetValue(name, out var found) ? found : -1;
        }
        for (var i = 0; i < Members.Count; i++)
            if (string.Equals(Members[i].Key, name, StringComparison.Ordinal)) return i;
        return -1;
    }

    /// <summary>The object with this member: in its old place when it was there, else at the end.</summary>
    public JsonObject With(string name, JsonValue value)
    {
        var members = new List<KeyValuePair<string, JsonValue>>(Members.Count + 1);
        members.AddRange(Members);
        var at = IndexOf(name);
        if (at < 0) members.Add(new(name, value));
        else members[at] = new(name, value);
        return new JsonObject(members);
    }

    public JsonObject Without(string name) => new([.. Members.Where(m => m.Key != name)]);

    public override void WriteTo(JsonSink sink)
    {
        sink.Accept(JsonToken.StartObject);
        foreach (var (name, value) in Members)
        {
            var raw = JsonEscapes.Encode(name);
            sink.Accept(new JsonToken(JsonTokenKind.Name, raw, raw.AsSpan().Contains((byte)'\\')));
            value.WriteTo(sink);
        }
        sink.Accept(JsonToken.EndObject);
    }
}
