using System.Net;
using Gateway.Pipeline;

namespace Gateway.Features.Mediation.Http;

/// <summary>
/// A body that is mediated while it is sent. When that fails, sending fails with it: the connection ends, and no receiver takes the half for
/// the whole.
/// </summary>
internal sealed class MediatedContent(MediatedBody body, IDisposable? original, Action<MediatedBody, MediationFailure?> ended) : HttpContent
{
    private bool _isEnded;

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        while (await FillAsync(cancellationToken))
        {
            await stream.WriteAsync(body.Output.Written, cancellationToken);
            body.Take(body.Output.Written.Length);
        }
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new MediatedStream(this));

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => new MediatedStream(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            original?.Dispose();
        }
        base.Dispose(disposing);
    }

    // Whether there is something to send.
    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        try
        {
            await body.FillAsync(1, cancellation);
        }
        catch (MediationFailure failure)
        {
            End(failure);
            throw;
        }
        if (body.Output.Written.Length > 0) return true;
        End(null);
        return false;
    }

    private int Give(Span<byte> buffer)
    {
        var written = body.Output.Written.Span;
        var count = Math.Min(buffer.Length, written.Length);
        written[..count].CopyTo(buffer);
        body.Take(count);
        return count;
    }

    private void End(MediationFailure? failure)
    {
        if (_isEnded) return;
        _isEnded = true;
        ended(body, failure);
    }

    private sealed class MediatedStream(MediatedContent content) : PassingStream
    {
        public override bool CanRead => true;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.Length == 0 || !await content.FillAsync(cancellationToken)) return 0;
            return content.Give(buffer.Span);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) content.Dispose();
            base.Dispose(disposing);
        }
    }
}
