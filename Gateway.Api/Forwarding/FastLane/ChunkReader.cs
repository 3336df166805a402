using System.Buffers;

namespace Gateway.Forwarding.FastLane;

/// <summary>
/// Takes a chunked body apart, wherever the pieces it comes in are cut (RFC 9112 §7.1). Sizes are plain hexadecimal digits; an extension is
/// passed over if its octets are harmless; every line ends with CRLF and nothing else.
/// </summary>
internal struct ChunkReader
{
    private const int MostSizeDigits = 15;
    private const int LongestSizeLine = 256;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private long _left;
    private State _state;

    private enum State
    {
        Size,
        Data,
        EndOfData,
        Trailers,
    }

    /// <param name="bytes">What has come and wasn't used.</param>
    /// <param name="used">How many of them are done with, a piece of the body included.</param>
    /// <param name="data">A piece of the body, or the whole trailer section.</param>
    public ChunkStep Read(ReadOnlySpan<byte> bytes, out int used, out ReadOnlySpan<byte> data)
    {
        used = 0;
        data = default;
        while (true)
        {
            var rest = bytes[used..];
            switch (_state)
            {
                case State.Size:
                    var end = rest.IndexOf((byte)'\n');
                    if (end < 0) return rest.Length > LongestSizeLine || !CanBeSize(rest) ? ChunkStep.Invalid : ChunkStep.NeedsMore;
                    if (end > LongestSizeLine || end == 0 || rest[end - 1] != '\r' || !TryReadSize(rest[..(end - 1)])) return ChunkStep.Invalid;
                    used += end + 1;
                    _state = _left == 0 ? State.Trailers : State.Data;
                    break;

                case State.Data:
                    if (rest.IsEmpty) return ChunkStep.NeedsMore;
                    data = rest[..(int)Math.Min(rest.Length, _left)];
                    used += data.Length;
                    _left -= data.Length;
                    if (_left == 0) _state = State.EndOfData;
                    return ChunkStep.Data;

                case State.EndOfData:
                    if (rest.Length > 0 && rest[0] != '\r' || rest.Length > 1 && rest[1] != '\n') return ChunkStep.Invalid;
                    if (rest.Length < 2) return ChunkStep.NeedsMore;
                    used += 2;
                    _state = State.Size;
                    break;

                default:
                    var length = EndOfTrailers(rest);
                    if (length == 0) return rest.Length > AnswerHead.LongestHead ? ChunkStep.Invalid : ChunkStep.NeedsMore;
                    data = rest[..length];
                    used += length;
                    return ChunkStep.End;
            }
        }
    }

    private static int EndOfTrailers(ReadOnlySpan<byte> rest)
    {
        var from = 0;
        return rest.StartsWith("\r\n"u8) ? 2 : AnswerHead.FindEnd(rest, ref from);
    }

    private bool TryReadSize(ReadOnlySpan<byte> line)
    {
        var digits = line.IndexOfAnyExcept(HexDigits);
        if (digits < 0) digits = line.Length;
        if (digits is 0 or > MostSizeDigits) return false;
        // Only an extension may follow; blanks before it are one reader's end of the size and another's fault.
        if (digits < line.Length && (line[digits] != ';' || !Octets.IsValue(line[digits..]))) return false;

        _left = 0;
        for (var i = 0; i < digits; i++) _left = (_left << 4) | Digit(line[i]);
        return true;
    }

    private static uint Digit(byte digit) => digit <= '9' ? digit - (uint)'0' : (digit | 0x20u) - 'a' + 10;

    private static bool CanBeSize(ReadOnlySpan<byte> line) => line.IsEmpty || HexDigits.Contains(line[0]);
}
