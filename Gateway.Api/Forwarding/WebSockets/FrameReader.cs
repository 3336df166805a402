namespace Gateway.Forwarding.WebSockets;

/// <summary>
/// Follows the frames of one direction of a WebSocket (RFC 6455 §5.2) while their bytes pass in whatever pieces: where one ends, and whether
/// a Close was among them. Looks at heads only, so that compressed and masked messages are all the same to it.
/// </summary>
internal struct FrameReader
{
    private const int OpcodeBits = 0x0F;
    private const int Close = 0x8;
    private const int IsMasked = 0x80;
    private const int LengthBits = 0x7F;
    private const int LengthInTwo = 126;
    private const int LengthInEight = 127;
    private const int KeyLength = 4;

    private int _headRead;
    private int _lengthBytes;
    private int _headLength;
    private ulong _length;
    private ulong _payloadLeft;

    /// <summary>Whether a Close frame has begun.</summary>
    public bool HasClose { get; private set; }

    /// <summary>Whether the last frame has ended and no other has begun; frames between the parts of one message are allowed (RFC 6455 §5.4).</summary>
    public readonly bool IsBetweenFrames => _headRead == 0 && _payloadLeft == 0;

    public void Read(ReadOnlySpan<byte> bytes)
    {
        for (var read = 0; read < bytes.Length;) read += ReadSome(bytes[read..]);
    }

    /// <summary>Reads until the frame that has begun ends; nothing where none has.</summary>
    /// <returns>How many bytes still belong to it.</returns>
    public int ReadToEndOfFrame(ReadOnlySpan<byte> bytes)
    {
        var read = 0;
        while (read < bytes.Length && !IsBetweenFrames) read += ReadSome(bytes[read..]);
        return read;
    }

    private int ReadSome(ReadOnlySpan<byte> bytes)
    {
        if (_payloadLeft == 0)
        {
            ReadHead(bytes[0]);
            return 1;
        }
        var part = (int)Math.Min(_payloadLeft, (ulong)bytes.Length);
        _payloadLeft -= (ulong)part;
        return part;
    }

    private void ReadHead(byte next)
    {
        if (_headRead == 0) HasClose |= (next & OpcodeBits) == Close;
        else if (_headRead == 1) ReadLength(next);
        else if (_headRead < 2 + _lengthBytes) _length = (_length << 8) | next;

        if (++_headRead < 2 || _headRead < _headLength) return;
        _payloadLeft = _length;
        _headRead = 0;
    }

    private void ReadLength(byte next)
    {
        var length = next & LengthBits;
        _lengthBytes = length switch { LengthInTwo => 2, LengthInEight => 8, _ => 0 };
        _headLength = 2 + _lengthBytes + ((next & IsMasked) != 0 ? KeyLength : 0);
        _length = _lengthBytes == 0 ? (ulong)length : 0;
    }
}
