using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Forwarding.WebSockets;

/// <summary>The Close frame that the gateway sends by itself: always 1001, "going away" (RFC 6455 §5.5.1, §7.4.1).</summary>
internal static class CloseFrame
{
    private const byte FinalClose = 0x88;
    private const byte IsMasked = 0x80;
    private const ushort GoingAway = 1001;
    private const int HeadLength = 2;
    private const int KeyLength = 4;
    private const int CodeLength = 2;

    /// <param name="reason">ASCII, at most 123 characters.</param>
    /// <param name="isMasked">Whether it goes to a service, which takes masked frames only (RFC 6455 §5.1).</param>
    public static byte[] Write(string reason, bool isMasked)
    {
        var length = CodeLength + reason.Length;
        var start = HeadLength + (isMasked ? KeyLength : 0);
        var frame = new byte[start + length];
        frame[0] = FinalClose;
        frame[1] = (byte)(length | (isMasked ? IsMasked : 0));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(start), GoingAway);
        Encoding.ASCII.GetBytes(reason, frame.AsSpan(start + CodeLength));
        if (!isMasked) return frame;

        var key = frame.AsSpan(HeadLength, KeyLength);
        RandomNumberGenerator.Fill(key);
        for (var i = 0; i < length; i++) frame[start + i] ^= key[i % KeyLength];
        return frame;
    }
}
