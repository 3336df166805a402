using System.Text;

namespace Gateway.Forwarding.FastLane;

/// <summary>
/// The head of a service's answer, taken apart as strictly as RFC 9112 lets a recipient be: what could be read in two ways is refused, so
/// that nobody behind the gateway can take one answer for two. One object serves a connection for all its answers.
/// </summary>
internal sealed class AnswerHead
{
    /// <summary>A head may be as long as the other lane lets it be.</summary>
    public const int LongestHead = 64 * 1024;

    private const int StatusLineMinimum = 12; // HTTP/1.1 200
    private const int MostLengthDigits = 18;

    private Field[] _fields = new Field[16];
    private int _count;
    private bool _hasTransferCoding;

    public int Status { get; private set; }

    public bool IsHttp10 { get; private set; }

    /// <summary>Where the reason phrase lies; empty where there is none.</summary>
    public Range Reason { get; private set; }

    public ReadOnlySpan<Field> Fields => _fields.AsSpan(0, _count);

    public long? ContentLength { get; private set; }

    public bool IsChunked { get; private set; }

    /// <summary>Whether the service said that it will close the connection.</summary>
    public bool SaysClose { get; private set; }

    /// <summary>Whether a <c>Connection</c> field names fields that belong to the connection alone.</summary>
    public bool NamesFields { get; private set; }

    /// <summary>Whether another answer may follow on the connection.</summary>
    public bool KeepsConnection => !SaysClose && !IsHttp10;

    /// <summary>Whether the fields tell of a body that isn't empty.</summary>
    public bool TellsOfBody => IsChunked || ContentLength > 0;

    /// <summary>Whether the answer ends with its head although its fields may tell of a body (RFC 9112 §6.3).</summary>
    public bool EndsWithHead(bool isHead) => isHead || Status is 204 or 304;

    /// <summary>How many bytes the head takes, its empty line included; 0 while it isn't complete.</summary>
    /// <param name="from">How far the last call has looked.</param>
    public static int FindEnd(ReadOnlySpan<byte> bytes, ref int from)
    {
        var start = Math.Max(0, from - 3);
        var at = bytes[start..].IndexOf("\r\n\r\n"u8);
        from = bytes.Length;
        return at < 0 ? 0 : start + at + 4;
    }

    /// <summary>Whether an incomplete head can't become a valid one any more, so that nothing is waited for in vain.</summary>
    public static bool IsHopeless(ReadOnlySpan<byte> bytes)
    {
        if (!bytes[..Math.Min(bytes.Length, 7)].SequenceEqual("HTTP/1."u8[..Math.Min(bytes.Length, 7)])) return true;
        for (int at; (at = bytes.IndexOf((byte)'\n')) >= 0; bytes = bytes[(at + 1)..])
            if (at == 0 || bytes[at - 1] != '\r') return true;
        return false;
    }

    /// <param name="head">A whole head, its empty line included.</param>
    /// <returns>False where it is no valid or no unambiguous HTTP/1 head.</returns>
    public bool TryRead(ReadOnlySpan<byte> head)
    {
        (_count, ContentLength, IsChunked, SaysClose, NamesFields, _hasTransferCoding) = (0, null, false, false, false, false);
        var end = head.IndexOf("\r\n"u8);
        if (end < 0 || !TryReadStatusLine(head[..end])) return false;
        if (!TryReadFields(head, end + 2)) return false;
        foreach (var field in Fields)
            if (!TryTakeFraming(field.Name(head), field.Value(head))) return false;
        return !(_hasTransferCoding && (ContentLength is not null || IsHttp10));
    }

    /// <summary>Reads the fields of a chunked body's trailer section.</summary>
    public bool TryReadTrailers(ReadOnlySpan<byte> section)
    {
        _count = 0;
        return TryReadFields(section, 0);
    }

    private bool TryReadStatusLine(ReadOnlySpan<byte> line)
    {
        if (line.Length < StatusLineMinimum || !line.StartsWith("HTTP/1."u8)) return false;
        if (line[7] is not ((byte)'0' or (byte)'1') || line[8] != ' ') return false;
        if (line.Length > StatusLineMinimum && line[StatusLineMinimum] != ' ') return false;
        var digits = line[9..12];
        if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') || digits[0] == '0') return false;
        var reason = Math.Min(line.Length, StatusLineMinimum + 1);
        if (!Octets.IsValue(line[reason..])) return false;

        Status = ((digits[0] - '0') * 100) + ((digits[1] - '0') * 10) + (digits[2] - '0');
        IsHttp10 = line[7] == '0';
        Reason = reason..line.Length;
        return true;
    }

    private bool TryReadFields(ReadOnlySpan<byte> head, int at)
    {
        while (true)
        {
            var length = head[at..].IndexOf("\r\n"u8);
            if (length < 0) return false;
            if (length == 0) return at + 2 == head.Length;
            var line = head.Slice(at, length);
            var colon = line.IndexOf((byte)':');
            // A line that begins with whitespace would continue the one before (obs-fold): its name is no token.
            if (colon < 0 || !Octets.IsToken(line[..colon])) return false;
            var value = Octets.Trim(line[(colon + 1)..]);
            if (!Octets.IsValue(value)) return false; // a bare CR or LF is one of them
            var start = value.IsEmpty ? 0 : at + colon + 1 + line[(colon + 1)..].IndexOfAnyExcept((byte)' ', (byte)'\t');
            Add(new Field(at, colon, start, value.Length));
            at += length + 2;
        }
    }

    private bool TryTakeFraming(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        switch (name.Length)
        {
            case 14 when Ascii.EqualsIgnoreCase(name, "Content-Length"u8):
                if (ContentLength is not null || value.IsEmpty || value.Length > MostLengthDigits) return false;
                if (value.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
                ContentLength = long.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
                return true;
            case 17 when Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"u8):
                if (_hasTransferCoding || !Ascii.EqualsIgnoreCase(value, "chunked"u8)) return false;
                return _hasTransferCoding = IsChunked = true;
            case 10 when Ascii.EqualsIgnoreCase(name, "Connection"u8):
                TakeConnection(value);
                return true;
            default:
                return true;
        }
    }

    private void TakeConnection(ReadOnlySpan<byte> value)
    {
        foreach (var range in value.Split((byte)','))
        {
            var option = Octets.Trim(value[range]);
            if (option.IsEmpty || Ascii.EqualsIgnoreCase(option, "keep-alive"u8)) continue;
            if (Ascii.EqualsIgnoreCase(option, "close"u8)) SaysClose = true;
            else NamesFields = true;
        }
    }

    private void Add(Field field)
    {
        if (_count == _fields.Length) Array.Resize(ref _fields, _count * 2);
        _fields[_count++] = field;
    }
}
