using System.Net;

namespace Gateway.Features.DelegatingHandlers.RequestLogging;

/// <summary>A body that passes unchanged and unbuffered, with its bytes counted.</summary>
internal sealed class CountedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly ByteCount _read;
    private readonly ByteCount _written;

    /// <param name="inner">The body.</param>
    /// <param name="read">Counts what is read from the body.</param>
    /// <param name="written">Counts what is written through it.</param>
    public CountedContent(HttpContent inner, ByteCount read, ByteCount written)
    {
        (_inner, _read, _written) = (inner, read, written);
        foreach (var field in inner.Headers.NonValidated) Headers.TryAddWithoutValidation(field.Key, field.Value);
    }

    protected override async Task<Stream> CreateContentReadStreamAsync() => Counted(await _inner.ReadAsStreamAsync());

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        Counted(await _inner.ReadAsStreamAsync(cancellationToken));

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        _inner.CopyToAsync(Counted(stream), context);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _inner.CopyToAsync(Counted(stream), context, cancellationToken);

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

    private CountingStream Counted(Stream stream) => new(stream, _read, _written);
}
