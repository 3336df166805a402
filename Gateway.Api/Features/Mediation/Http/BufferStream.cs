using Gateway.Features.Mediation.Json;
using Gateway.Pipeline;

namespace Gateway.Features.Mediation.Http;

/// <summary>Writes to a buffer, at once.</summary>
internal sealed class BufferStream(OutputBuffer output) : PassingStream
{
    public override bool CanWrite => true;

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
}
