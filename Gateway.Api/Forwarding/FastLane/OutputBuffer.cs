using System.Buffers.Text;
using System.Net;
using System.Text;

namespace Gateway.Forwarding.FastLane;

/// <summary>The bytes of a request's head while it is put together. Grows as needed and is kept for the next.</summary>
internal sealed class OutputBuffer
{
    private const int Initial = 4 * 1024;
    private const int KeptAtMost = 64 * 1024;

    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(Initial, pinned: true);
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public int Length => _length;

    public void Clear()
    {
        _length = 0;
        if (_bytes.Length > KeptAtMost) _bytes = GC.AllocateUninitializedArray<byte>(Initial, pinned: true);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Need(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Appends text octet by octet, as Latin-1: field values are octets (RFC 9110 §5.5).</summary>
    public void Append(ReadOnlySpan<char> text) => _length += Encoding.Latin1.GetBytes(text, Need(text.Length));

    public void Append(IPAddress address)
    {
        const int longest = 64;
        if (address.TryFormat(Need(longest), out var written)) _length += written;
    }

    public void Append(long number)
    {
        const int longest = 20;
        if (Utf8Formatter.TryFormat(number, Need(longest), out var written)) _length += written;
    }

    public void AppendHex(long number)
    {
        const int longest = 16;
        if (Utf8Formatter.TryFormat(number, Need(longest), out var written, 'x')) _length += written;
    }

    public void AppendField(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        const int marks = 4;
        var room = Need(name.Length + value.Length + marks);
        var at = Encoding.Latin1.GetBytes(name, room);
        room[at++] = (byte)':';
        room[at++] = (byte)' ';
        at += Encoding.Latin1.GetBytes(value, room[at..]);
        room[at++] = (byte)'\r';
        room[at++] = (byte)'\n';
        _length += at;
    }

    private Span<byte> Need(int count)
    {
        if (_bytes.Length - _length < count)
        {
            var larger = GC.AllocateUninitializedArray<byte>(Math.Max(_bytes.Length * 2, _length + count), pinned: true);
            _bytes.AsSpan(0, _length).CopyTo(larger);
            _bytes = larger;
        }
        return _bytes.AsSpan(_length);
    }
}
