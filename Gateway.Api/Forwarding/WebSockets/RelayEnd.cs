using System.Buffers;
using System.Runtime.CompilerServices;

namespace Gateway.Forwarding.WebSockets;

/// <summary>
/// One side of a WebSocket: the bytes to and from the client, or to and from the service. Passes them on as they are, and knows where a frame
/// ends, so that the gateway can put a Close of its own behind it; nothing is sent after that one.
/// </summary>
/// <param name="inner">The connection.</param>
/// <param name="isService">Whether the service is at its other end.</param>
/// <param name="noteSent">Called with each piece that is sent.</param>
/// <param name="noteLeft">Called when nothing more will come from there; failures look like an end then. Null: nobody wants to know.</param>
internal sealed class RelayEnd(Stream inner, bool isService, Action noteSent, Action? noteLeft) : Stream
{
    private const int DrainedAtOnce = 4096;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private FrameReader _sent;
    private byte[]? _close;
    private bool _isClosed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether the other side's own Close has come this way.</summary>
    public bool HasOthersClose => _sent.HasClose;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            if (read == 0 && buffer.Length > 0) noteLeft?.Invoke();
            return read;
        }
        catch (Exception) when (noteLeft is not null && !cancellationToken.IsCancellationRequested)
        {
            noteLeft();
            return 0;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        noteSent();
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Behind the gateway's Close nothing is sent, only followed: the other side's Close ends the conversation.
            var passing = _isClosed ? 0 : _close is null ? buffer.Length : _sent.ReadToEndOfFrame(buffer.Span);
            if (_close is null) _sent.Read(buffer.Span);
            if (passing > 0) await inner.WriteAsync(buffer[..passing], cancellationToken);
            if (_close is null) return;
            await TrySendCloseAsync(cancellationToken);
            _sent.Read(buffer.Span[passing..]);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await inner.FlushAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Sends a Close with 1001, at once or behind the frame that is on its way, unless the other side's own has been sent.</summary>
    public async Task CloseAsync(string reason, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _close ??= CloseFrame.Write(reason, isService);
            await TrySendCloseAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Reads until this side's Close or its end. A connection that is cut while something unread is on its way may lose what was sent last.
    /// </summary>
    /// <param name="other">The side that everything from here has been sent to.</param>
    public async Task DrainAsync(RelayEnd other, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(DrainedAtOnce);
        try
        {
            while (!other.HasOthersClose && await inner.ReadAsync(buffer, cancellationToken) is var read and > 0) other.Follow(buffer.AsSpan(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Ends the connection. <see cref="Stream.Dispose()"/>, which the engine calls before a Close can be sent, does nothing.</summary>
    public void End() => inner.Dispose();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Follow(ReadOnlySpan<byte> bytes) => _sent.Read(bytes);

    private async ValueTask TrySendCloseAsync(CancellationToken cancellationToken)
    {
        if (_isClosed || _sent.HasClose || !_sent.IsBetweenFrames) return;
        _isClosed = true;
        await inner.WriteAsync(_close, cancellationToken);
        await inner.FlushAsync(cancellationToken);
    }
}
