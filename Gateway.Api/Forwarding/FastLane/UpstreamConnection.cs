using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Gateway.Forwarding.FastLane;

/// <summary>
/// One connection to a service, with its buffers. While it waits for its next request a read is under way, so that a close, or bytes nobody
/// asked for, are noticed without asking the system. Used by one request at a time; only <see cref="Abort"/> and <see cref="Expire"/> may be
/// called by others.
/// </summary>
internal sealed class UpstreamConnection(Socket socket, UpstreamEndpoint endpoint, long openedAt) : IDisposable
{
    private const int InitialInput = 8 * 1024;
    private const int KeptInput = 32 * 1024;
    private const long NoDeadline = 0;
    private const long Expired = -1;

    private byte[] _input = GC.AllocateUninitializedArray<byte>(InitialInput, pinned: true);
    private int _start;
    private int _end;
    private ValueTask<int> _ahead;
    private bool _readsAhead;
    private long _deadline;
    private int _closed;

    public UpstreamEndpoint Endpoint { get; } = endpoint;

    public AnswerHead Head { get; } = new();

    public OutputBuffer Output { get; } = new();

    public long OpenedAt { get; } = openedAt;

    /// <summary>When it began to wait for a request, in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    public long IdleSince { get; private set; }

    /// <summary>Whether a request was sent over it before the present one: its service may be about to close it.</summary>
    public bool IsReused { get; private set; }

    /// <summary>Whether a byte has come since the request was sent.</summary>
    public bool HasReceived { get; private set; }

    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    public bool HasExpired => Volatile.Read(ref _deadline) == Expired;

    /// <summary>Bytes that have come and aren't used.</summary>
    public ReadOnlySpan<byte> Unread => _input.AsSpan(_start, _end - _start);

    public void Use(int count) => _start += count;

    /// <summary>Whether it can still be given a request: nothing has happened on it since the last answer.</summary>
    public bool IsQuiet => !IsClosed && !(_readsAhead && _ahead.IsCompleted);

    /// <summary>Sends everything, or throws.</summary>
    /// <exception cref="IOException">The connection is broken or was aborted.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0) bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None)..];
        }
        catch (Exception e) when (IsBreak(e))
        {
            throw Broken(e);
        }
    }

    /// <summary>Waits for bytes to add to <see cref="Unread"/>.</summary>
    /// <returns>False where the service has ended the connection.</returns>
    /// <exception cref="IOException">The connection is broken or was aborted.</exception>
    /// <exception cref="HttpRequestException">More is unread than a head may have.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> FillAsync()
    {
        try
        {
            int count;
            if (_readsAhead)
            {
                _readsAhead = false;
                count = await _ahead;
            }
            else
            {
                MakeRoom();
                count = await socket.ReceiveAsync(_input.AsMemory(_end), SocketFlags.None);
            }
            _end += count;
            HasReceived |= count > 0;
            return count > 0;
        }
        catch (Exception e) when (IsBreak(e))
        {
            throw Broken(e);
        }
    }

    /// <summary>Reads straight into <paramref name="target"/>; nothing may be unread.</summary>
    /// <exception cref="IOException">The connection is broken or was aborted.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadAsync(Memory<byte> target)
    {
        try
        {
            return await socket.ReceiveAsync(target, SocketFlags.None);
        }
        catch (Exception e) when (IsBreak(e))
        {
            throw Broken(e);
        }
    }

    /// <summary>Sets when the head of the answer must be there.</summary>
    public void ExpireAt(long milliseconds) => Volatile.Write(ref _deadline, milliseconds);

    /// <returns>False where the time has just run out.</returns>
    public bool CallOffDeadline() => Interlocked.Exchange(ref _deadline, NoDeadline) != Expired;

    /// <summary>Ends the request under way if its time has run out.</summary>
    public void Expire(long now)
    {
        var deadline = Volatile.Read(ref _deadline);
        if (deadline <= NoDeadline || deadline > now) return;
        if (Interlocked.CompareExchange(ref _deadline, Expired, deadline) == deadline) Abort();
    }

    /// <summary>Begins to wait for the next request.</summary>
    /// <returns>False where bytes are left that belong to no answer, or the service has already closed.</returns>
    [SuppressMessage("Reliability", "CA2012", Justification = "The read is awaited once: by the next request, or by nobody where the connection is dropped.")]
    public bool TryBecomeIdle(long now)
    {
        if (_start != _end || IsClosed) return false;
        if (_input.Length > KeptInput) _input = GC.AllocateUninitializedArray<byte>(InitialInput, pinned: true);
        _start = _end = 0;
        (IsReused, HasReceived) = (true, false);
        IdleSince = now;
        try
        {
            _ahead = socket.ReceiveAsync(_input.AsMemory(), SocketFlags.None);
            _readsAhead = true;
        }
        catch (Exception e) when (IsBreak(e))
        {
            return false;
        }
        return IsQuiet;
    }

    /// <summary>Closes the socket under whoever waits for it; their calls then throw.</summary>
    public void Abort() => Dispose();

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return;
        socket.Dispose();
        Endpoint.Forget(this);
    }

    private void MakeRoom()
    {
        if (_start == _end) _start = _end = 0;
        if (_end < _input.Length) return;

        var unread = Unread;
        if (unread.Length > AnswerHead.LongestHead)
            throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, "A head or a trailer section is too long.");
        var larger = unread.Length > _input.Length / 2 ? GC.AllocateUninitializedArray<byte>(_input.Length * 2, pinned: true) : _input;
        unread.CopyTo(larger);
        (_input, _start, _end) = (larger, 0, unread.Length);
    }

    // A socket that is closed under a call throws as it likes.
    private static bool IsBreak(Exception e) => e is SocketException or ObjectDisposedException or InvalidOperationException;

    private static IOException Broken(Exception by) => new("The connection to the service broke.", by);
}
