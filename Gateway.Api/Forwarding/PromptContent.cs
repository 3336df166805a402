using System.Net;
using Gateway.Pipeline;

namespace Gateway.Forwarding;

/// <summary>
/// Sends each piece of an upload of unknown length on as it comes. The platform would keep small pieces until its buffer is full, and a
/// service that answers a conversation piece by piece would wait for ever.
/// </summary>
internal sealed class PromptContent : HttpContent
{
    private readonly HttpContent _inner;

    public PromptContent(HttpContent inner)
    {
        _inner = inner;
        foreach (var field in inner.Headers.NonValidated) Headers.TryAddWithoutValidation(field.Key, field.Value);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _inner.CopyToAsync(new FlushingStream(stream), context, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner.Dispose();
        base.Dispose(disposing);
    }

    private sealed class FlushingStream(Stream inner) : PassingStream
    {
        public override bool CanWrite => true;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await inner.WriteAsync(buffer, cancellationToken);
            await inner.FlushAsync(cancellationToken);
        }

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
    }
}
