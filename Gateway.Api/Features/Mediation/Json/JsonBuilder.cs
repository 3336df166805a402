using System.Text;

namespace Gateway.Features.Mediation.Json;

/// <summary>
/// Builds the value that it takes piece by piece. A name that stands twice in an object is one member with the last of its values (A34).
/// </summary>
internal sealed class JsonBuilder : JsonSink
{
    // Enough for the member names of one kind of body; they come again with every element.
    private const int KnownNames = 256;

    private readonly Stack<Container> _open = new();
    private readonly string?[] _names = new string?[KnownNames];
    private readonly OutputBuffer _parts = new();
    private Container? _container;

    /// <summary>The value, once it is complete.</summary>
    public JsonValue? Value { get; private set; }

    public JsonValue Take()
    {
        var value = Value ?? throw new InvalidOperationException("No value was passed on.");
        Value = null;
        return value;
    }

    public override void Accept(in JsonToken token)
    {
        switch (token.Kind)
        {
            case JsonTokenKind.StartObject:
            case JsonTokenKind.StartArray:
                if (_container is not null) _open.Push(_container);
                _container = new Container(token.Kind == JsonTokenKind.StartObject);
                break;
            case JsonTokenKind.EndObject:
            case JsonTokenKind.EndArray:
                var value = _container!.ToValue();
                _container = _open.Count > 0 ? _open.Pop() : null;
                Add(value);
                break;
            case JsonTokenKind.Name:
                _container!.Name = Name(in token);
                break;
            case JsonTokenKind.Text:
                AddText(in token);
                break;
            case JsonTokenKind.Number:
                Add(token.Raw is [>= (byte)'0' and <= (byte)'9' and var digit] ? JsonNumber.Digit(digit - '0') : new JsonNumber(Encoding.ASCII.GetString(token.Raw)));
                break;
            default:
                Add(token.Kind switch
                {
                    JsonTokenKind.True => JsonLiteral.True,
                    JsonTokenKind.False => JsonLiteral.False,
                    _ => JsonLiteral.Null,
                });
                break;
        }
    }

    public override void End()
    {
    }

    public override bool TryRestart()
    {
        _open.Clear();
        _container = null;
        _parts.Clear();
        Value = null;
        return true;
    }

    private void AddText(in JsonToken token)
    {
        if (token.First && token.Last)
        {
            Add(new JsonText(token.ReadString()));
            return;
        }
        token.Raw.CopyTo(_parts.GetSpan(token.Raw.Length));
        _parts.Advance(token.Raw.Length);
        if (!token.Last) return;
        Add(new JsonText(JsonEscapes.Decode(_parts.Written.Span)));
        _parts.Clear();
    }

    private void Add(JsonValue value)
    {
        if (_container is null) Value = value;
        else _container.Add(value);
    }

    private string Name(in JsonToken token)
    {
        ref var known = ref _names[NameHash.Of(token.Raw) % KnownNames];
        if (known is not null && !token.Escaped && Matches(known, token.Raw)) return known;
        return known = token.ReadString();
    }

    private static bool Matches(string known, ReadOnlySpan<byte> raw)
    {
        // A name that isn't ASCII is simply read again.
        if (known.Length != raw.Length) return false;
        for (var i = 0; i < raw.Length; i++)
            if (known[i] != raw[i] || raw[i] > 0x7f) return false;
        return true;
    }

    private sealed class Container(bool isObject)
    {
        private readonly List<JsonValue>? _items = isObject ? null : [];
        private readonly List<KeyValuePair<string, JsonValue>>? _members = isObject ? [] : null;
        private Dictionary<string, int>? _places;

        public string Name { get; set; } = "";

        public void Add(JsonValue value)
        {
            if (_items is not null) _items.Add(value);
            else if (Find() is >= 0 and var place) _members![place] = new(Name, value);
            else
            {
                _places?.Add(Name, _members!.Count);
                _members!.Add(new(Name, value));
            }
        }

        // What is empty is all the same, however often a body has it.
        public JsonValue ToValue() => _members is null
            ? _items!.Count == 0 ? JsonArray.Empty : new JsonArray(_items)
            : _members.Count == 0 ? JsonObject.Empty : new JsonObject(_members);

        private int Find()
        {
            if (_members!.Count > 16 && _places is null)
            {
                _places = new Dictionary<string, int>(StringComparer.Ordinal);
                for (var i = 0; i < _members.Count; i++) _places[_members[i].Key] = i;
            }
            if (_places is not null) return _places.TryGetValue(Name, out var place) ? place : -1;
            for (var i = 0; i < _members.Count; i++)
                if (string.Equals(_members[i].Key, Name, StringComparison.Ordinal)) return i;
            return -1;
        }
    }
}
