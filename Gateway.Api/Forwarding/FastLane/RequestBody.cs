using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Forwarding.FastLane;

/// <summary>Streams a request's body to a service, each piece as it comes, and no faster than the service takes it.</summary>
/// <param name="length">As <see cref="LengthOf"/> tells.</param>
internal sealed class RequestBody(HttpContext http, UpstreamConnection connection, long? length)
{
    /// <summary>The length of no body at all.</summary>
    public const long None = -1;

    // Small pieces are put together up to here, as a copy costs less than a call of the system.
    private const int Batch = 32 * 1024;

    private readonly PipeReader _reader = http.Request.BodyReader;
    private Task<bool> _sending = Task.FromResult(false);
    private long _left = length ?? long.MaxValue;
    private volatile bool _isStopped;
    private volatile Exception? _clientFailure;

    /// <summary>Set where the client's side failed; what the service's side does shows in its answer.</summary>
    public Exception? ClientFailure => _clientFailure;

    /// <summary>Whether all of it was sent.</summary>
    public bool IsSent => _sending is { IsCompletedSuccessfully: true, Result: true };

    /// <summary>How the body of a request is framed, by what the server made of its head.</summary>
    /// <returns>Its length, null for chunks, or <see cref="None"/>.</returns>
    public static long? LengthOf(HttpContext http)
    {
        var headers = http.Request.Headers;
        var mayCome = http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody;
        if (headers.TransferEncoding.Count > 0) return mayCome is false ? None : null;
        if (headers.ContentLength is { } length) return length;
        return mayCome is true ? null : None;
    }

    /// <summary>Begins to send the head that stands in the connection's buffer, and the body behind it.</summary>
    public void Start() => _sending = SendAsync();

    /// <summary>Waits until nothing is read or sent any more, for which an unfinished body is given up; the connection must be closed then.</summary>
    public async ValueTask StopAsync()
    {
        if (_sending.IsCompleted) return;
        _isStopped = true;
        _reader.CancelPendingRead();
        await _sending;
    }

    private async Task<bool> SendAsync()
    {
        try
        {
            // The head waits for a piece that is there already, and goes alone if none is: the client may be waiting for an answer to it.
            if (!_reader.TryRead(out var read))
            {
                if (!await TryFlushAsync()) return false;
                read = await _reader.ReadAsync();
            }
            while (!read.IsCanceled)
            {
                var isSent = await TrySendAsync(read.Buffer, read.IsCompleted);
                _reader.AdvanceTo(read.Buffer.End);
                if (!isSent) return false;
                if (read.IsCompleted) return true;
                if (_isStopped) return false;
                read = await _reader.ReadAsync();
            }
            _reader.AdvanceTo(read.Buffer.Start);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            if (!_isStopped) _clientFailure = e;
            connection.Abort(); // half a body must never look whole
        }
        return false;
    }

    private async ValueTask<bool> TrySendAsync(ReadOnlySequence<byte> piece, bool isLast)
    {
        _left -= piece.Length;
        if (_left < 0 || (isLast && length is not null && _left != 0)) throw new BadHttpRequestException("The body isn't as long as its head says.");

        var output = connection.Output;
        var isChunk = length is null && piece.Length > 0;
        if (isChunk)
        {
            output.AppendHex(piece.Length);
            output.Append("\r\n"u8);
        }
        foreach (var segment in piece)
        {
            for (var rest = segment; rest.Length > 0;)
            {
                var count = Math.Min(rest.Length, Math.Max(Batch - output.Length, 0));
                output.Append(rest.Span[..count]);
                rest = rest[count..];
                if (output.Length >= Batch && !await TryFlushAsync()) return false;
            }
        }
        if (isChunk) output.Append("\r\n"u8);
        if (length is null && isLast) output.Append("0\r\n\r\n"u8);
        return await TryFlushAsync();
    }

    private async ValueTask<bool> TryFlushAsync()
    {
        try
        {
            if (connection.Output.Length > 0) await connection.SendAsync(connection.Output.Written);
            connection.Output.Clear();
            return true;
        }
        catch (IOException)
        {
            return false; // the service may have answered before it closed
        }
    }
}
