using System.Runtime.CompilerServices;

namespace Gateway.Features.Mediation.Json;

/// <summary>
/// Reads JSON (RFC 8259) as it arrives and passes it on piece by piece, in memory that doesn't grow with the body. The platform's reader
/// isn't used: it needs every text whole in its buffer, and it takes invalid UTF-8.
/// </summary>
internal sealed class JsonTokenizer(JsonSink sink, bool refuseDuplicates)
{
    /// <summary>How many objects and arrays may be nested (A30).</summary>
    public const int MaxDepth = 64;

    private readonly NameSets? _names = refuseDuplicates ? new NameSets() : null;
    private readonly JsonLocation _location = new();
    private Expect _expect;
    private ulong _objects; // one bit for each open container, the innermost lowest: set for an object
    private int _depth;
    private bool _inText;
    private ulong _member;

    // How much of a name or number that hasn't ended yet was looked at: else one that comes in small pieces would cost the square of its length.
    private int _seen;
    private bool _seenEscape;

    private enum Expect : byte
    {
        Value,
        ElementOrEnd,
        NameOrEnd,
        Name,
        Colon,
        CommaOrEnd,
        Nothing,
    }

    /// <summary>Where the reader stands, as a JSON pointer.</summary>
    public string Pointer => _location.Pointer;

    public void Reset()
    {
        _expect = Expect.Value;
        _objects = 0;
        _depth = 0;
        _inText = false;
        (_seen, _seenEscape) = (0, false);
        _names?.Clear();
        _location.Reset();
    }

    /// <summary>Reads what it can.</summary>
    /// <param name="data">What has arrived and wasn't read yet.</param>
    /// <param name="ascii">Whether every byte of it is known to be ASCII.</param>
    /// <param name="last">Nothing follows.</param>
    /// <param name="full">The buffer can't hold more: a text that isn't complete in it passes on in parts.</param>
    /// <returns>How many bytes were read. The rest has to come again, with more behind it.</returns>
    public int Read(ReadOnlySpan<byte> data, bool ascii, bool last, bool full)
    {
        var at = 0;
        while (true)
        {
            if (_inText)
            {
                var length = ReadTextPart(data[at..], ascii, last, full && at == 0, first: false);
                if (length < 0) break;
                at += length;
                continue;
            }

            while (at < data.Length && data[at] <= ' ')
            {
                if (data[at] is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')) throw JsonTextSyntax.Malformed();
                at++;
            }
            if (at == data.Length) break;

            switch (_expect)
            {
                case Expect.Colon:
                    if (data[at++] != ':') throw JsonTextSyntax.Malformed();
                    _expect = Expect.Value;
                    continue;

                case Expect.CommaOrEnd:
                    if (data[at] == ',') _expect = (_objects & 1) != 0 ? Expect.Name : Expect.Value;
                    else Close(data[at]);
                    at++;
                    continue;

                case Expect.NameOrEnd when data[at] == '}':
                case Expect.ElementOrEnd when data[at] == ']':
                    Close(data[at++]);
                    continue;

                case Expect.Name:
                case Expect.NameOrEnd:
                    var name = ReadName(data[at..], ascii, last);
                    if (name < 0) return at;
                    at += name;
                    continue;

                case Expect.Nothing:
                    throw JsonTextSyntax.Malformed();

                default:
                    var value = ReadValue(data[at..], ascii, last, full && at == 0);
                    if (value < 0) return at;
                    at += value;
                    continue;
            }
        }
        if (last && _expect != Expect.Nothing) throw JsonTextSyntax.Malformed();
        return at;
    }

    /// <returns>The length of what was read, or -1 when the value goes on beyond the data.</returns>
    private int ReadValue(ReadOnlySpan<byte> data, bool ascii, bool last, bool full)
    {
        switch (data[0])
        {
            case (byte)'"':
                return ReadText(data, ascii, last, full);
            case (byte)'{':
                Open(JsonToken.StartObject, isObject: true);
                _names?.Open();
                return 1;
            case (byte)'[':
                Open(JsonToken.StartArray, isObject: false);
                return 1;
            case (byte)'t':
                return ReadLiteral(data, "true"u8, JsonTokenKind.True, last);
            case (byte)'f':
                return ReadLiteral(data, "false"u8, JsonTokenKind.False, last);
            case (byte)'n':
                return ReadLiteral(data, "null"u8, JsonTokenKind.Null, last);
            default:
                return ReadNumber(data, last);
        }
    }

    private void Open(in JsonToken token, bool isObject)
    {
        if (_depth == MaxDepth) throw MediationFailure.Malformed($"The body is nested deeper than {MaxDepth} objects and arrays");
        _location.Open(isObject);
        _depth++;
        _objects = (_objects << 1) | (isObject ? 1UL : 0);
        _expect = isObject ? Expect.NameOrEnd : Expect.ElementOrEnd;
        sink.Accept(in token);
    }

    private void Close(byte bracket)
    {
        var isObject = (_objects & 1) != 0;
        if (_depth == 0 || bracket != (isObject ? '}' : ']')) throw JsonTextSyntax.Malformed();
        _objects >>= 1;
        _depth--;
        _location.Close();
        if (isObject) _names?.Close();
        ValueRead();
        sink.Accept(isObject ? JsonToken.EndObject : JsonToken.EndArray);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ValueRead() => _expect = _depth == 0 ? Expect.Nothing : Expect.CommaOrEnd;

    private int ReadName(ReadOnlySpan<byte> data, bool ascii, bool last)
    {
        if (data[0] != '"') throw JsonTextSyntax.Malformed();
        var (seen, escaped) = (_seen, _seenEscape);
        var length = JsonTextSyntax.FindTextEnd(data[1..], ref seen, ref escaped);
        if (length < 0)
        {
            (_seen, _seenEscape) = (seen, escaped);
            return last ? throw JsonTextSyntax.Malformed() : -1;
        }

        (_seen, _seenEscape) = (0, false);
        var raw = data.Slice(1, length);
        if (!ascii) JsonTextSyntax.CheckUtf8(raw);
        var name = new JsonToken(JsonTokenKind.Name, raw, escaped);
        _location.Name(raw);
        if (_names is not null && !_names.TryAdd(NameHash.Of(in name), _member++))
            throw MediationFailure.Malformed("A member name stands twice in one object");
        _expect = Expect.Colon;
        sink.Accept(in name);
        return length + 2;
    }

    private int ReadText(ReadOnlySpan<byte> data, bool ascii, bool last, bool full)
    {
        var length = JsonTextSyntax.FindTextEnd(data[1..], out var escaped);
        if (length >= 0)
        {
            var raw = data.Slice(1, length);
            _location.Element();
            if (!ascii) JsonTextSyntax.CheckUtf8(raw);
            ValueRead();
            sink.Accept(new JsonToken(JsonTokenKind.Text, raw, escaped));
            return length + 2;
        }
        if (last) throw JsonTextSyntax.Malformed();
        if (!full) return -1;
        _location.Element();
        var part = ReadTextPart(data[1..], ascii, last, full, first: true);
        return part < 0 ? -1 : part + 1;
    }

    // A text that doesn't fit the buffer: passes on what there is, up to the last whole character and escape.
    private int ReadTextPart(ReadOnlySpan<byte> data, bool ascii, bool last, bool full, bool first)
    {
        var length = JsonTextSyntax.FindTextEnd(data, out var escaped);
        if (length >= 0)
        {
            var raw = data[..length];
            if (!ascii) JsonTextSyntax.CheckUtf8(raw);
            _inText = false;
            ValueRead();
            sink.Accept(new JsonToken(JsonTokenKind.Text, raw, escaped) { First = first });
            return length + 1;
        }
        if (last) throw JsonTextSyntax.Malformed();
        if (!full) return -1;

        var part = data[..JsonTextSyntax.WholeCharacters(data)];
        if (!ascii) JsonTextSyntax.CheckUtf8(part);
        _inText = true;
        sink.Accept(new JsonToken(JsonTokenKind.Text, part, escaped) { First = first, Last = false });
        return part.Length;
    }

    private int ReadLiteral(ReadOnlySpan<byte> data, ReadOnlySpan<byte> literal, JsonTokenKind kind, bool last)
    {
        if (data.Length < literal.Length)
            return !last && literal.StartsWith(data) ? -1 : throw JsonTextSyntax.Malformed();
        if (!data.StartsWith(literal)) throw JsonTextSyntax.Malformed();
        _location.Element();
        ValueRead();
        sink.Accept(new JsonToken(kind));
        return literal.Length;
    }

    private int ReadNumber(ReadOnlySpan<byte> data, bool last)
    {
        if (_seen > 0 && !last && JsonNumberSyntax.MayGoOn(data[_seen..]))
        {
            _seen = data.Length;
            return -1;
        }
        var length = JsonNumberSyntax.Length(data, out var complete);
        if (length == data.Length && !last)
        {
            _seen = length;
            return -1;
        }
        _seen = 0;
        if (!complete) throw JsonTextSyntax.Malformed();
        _location.Element();
        ValueRead();
        sink.Accept(new JsonToken(JsonTokenKind.Number, data[..length]));
        return length;
    }
}
