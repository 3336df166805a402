using System.Buffers.Binary;
using Gateway.Forwarding.WebSockets;

namespace Gateway.Tests.Forwarding.WebSockets;

/// <summary>Where frames end, whatever pieces their bytes come in (RFC 6455 §5.2).</summary>
public sealed class FrameReaderTests
{
    private const int Text = 1, Close = 8, Ping = 9;

    public static TheoryData<int, bool> Frames
    {
        get
        {
            var data = new TheoryData<int, bool>();
            foreach (var length in new[] { 0, 1, 125, 126, 127, 255, 256, 65_535, 65_536, 70_001 })
                foreach (var masked in new[] { false, true }) data.Add(length, masked);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void Finds_the_end_of_a_frame_of_any_length_in_pieces_of_any_size(int length, bool isMasked)
    {
        var frame = Frame(Text, length, isMasked);

        foreach (var size in new[] { 1, 2, 3, 7, 1000, frame.Length })
        {
            var reader = new FrameReader();
            for (var at = 0; at < frame.Length; at += size)
            {
                Assert.Equal(at == 0, reader.IsBetweenFrames);
                reader.Read(frame.AsSpan(at, Math.Min(size, frame.Length - at)));
            }
            Assert.True(reader.IsBetweenFrames);
            Assert.False(reader.HasClose);
        }
    }

    [Fact]
    public void Sees_a_Close_behind_other_frames_but_none_in_a_payload()
    {
        var payload = Frame(Text, 0x88, isMasked: false);
        payload.AsSpan(4).Fill(0x88);
        var reader = new FrameReader();

        reader.Read(payload);
        Assert.False(reader.HasClose);
        reader.Read([.. Frame(Ping, 4, isMasked: true), .. Frame(Close, 2, isMasked: true)]);

        Assert.True(reader.HasClose);
        Assert.True(reader.IsBetweenFrames);
    }

    [Fact]
    public void Reads_to_the_end_of_the_frame_that_has_begun_and_no_further()
    {
        byte[] two = [.. Frame(Text, 10, isMasked: false), .. Frame(Text, 5, isMasked: false)];
        var reader = new FrameReader();

        Assert.Equal(0, reader.ReadToEndOfFrame(two));
        reader.Read(two.AsSpan(0, 3));

        Assert.Equal(9, reader.ReadToEndOfFrame(two.AsSpan(3)));
        Assert.True(reader.IsBetweenFrames);
    }

    private static byte[] Frame(int opcode, int length, bool isMasked)
    {
        List<byte> frame = [(byte)(0x80 | opcode)];
        var mask = isMasked ? 0x80 : 0;
        if (length < 126) frame.Add((byte)(mask | length));
        else
        {
            frame.Add((byte)(mask | (length < 65_536 ? 126 : 127)));
            var octets = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(octets, length);
            frame.AddRange(octets[(length < 65_536 ? 6 : 0)..]);
        }
        if (isMasked) frame.AddRange([1, 2, 3, 4]);
        frame.AddRange(new byte[length]);
        return [.. frame];
    }
}
