using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Forwarding.FastLane;

/// <summary>The connections to one address. Thread-safe.</summary>
internal sealed class UpstreamEndpoint
{
    private readonly UpstreamPool _pool;
    private readonly EndPoint _address;
    private readonly Lock _lock = new();
    private readonly List<UpstreamConnection> _idle = [];
    private readonly SemaphoreSlim? _places;
    private bool _isRetired;
    private int _open;
    private int _opening;

    /// <exception cref="UriFormatException">The authority can't stand in a URL.</exception>
    public UpstreamEndpoint(UpstreamPool pool, string authority)
    {
        _pool = pool;
        var uri = new Uri($"http://{authority}/");
        _address = IPAddress.TryParse(uri.IdnHost, out var ip) ? new IPEndPoint(ip, uri.Port) : new DnsEndPoint(uri.IdnHost, uri.Port);
        var host = ip is { AddressFamily: AddressFamily.InterNetworkV6 } ? $"[{uri.IdnHost}]" : uri.IdnHost;
        HostField = Encoding.ASCII.GetBytes(uri.IsDefaultPort ? $"Host: {host}\r\n" : $"Host: {host}:{uri.Port}\r\n");
        _places = pool.MostConnections < int.MaxValue ? new SemaphoreSlim(pool.MostConnections) : null;
    }

    public UpstreamPool Pool => _pool;

    /// <summary>The <c>Host</c> field that names it, with its CRLF.</summary>
    public byte[] HostField { get; }

    /// <returns>A connection that waits for a request, the last used first; null where there is none, or a place must be waited for.</returns>
    public UpstreamConnection? TryTake() => _places is null ? TakeIdle() : null;

    /// <summary>Waits for a place below the limit, and opens a connection unless one is idle.</summary>
    /// <param name="isFresh">Whether no connection will do that has waited.</param>
    /// <exception cref="HttpRequestException">It couldn't be opened.</exception>
    /// <exception cref="OperationCanceledException">The time is over, or the client has left.</exception>
    public async Task<UpstreamConnection> OpenAsync(bool isFresh, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _opening);
        var hasPlace = false;
        try
        {
            if (_places is not null)
            {
                await _places.WaitAsync(cancellationToken);
                hasPlace = true;
                if (!isFresh && TakeIdle() is { } idle) return idle;
                TakeIdle()?.Dispose(); // one that waits counts as well
            }
            return await ConnectAsync(cancellationToken);
        }
        catch
        {
            if (hasPlace) _places!.Release();
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _opening);
        }
    }

    /// <summary>Takes back a connection, once for each time it was taken or opened.</summary>
    /// <param name="isReusable">Whether its answer was read to the end, and may be followed by another.</param>
    public void Return(UpstreamConnection connection, bool isReusable)
    {
        var isKept = isReusable && !_pool.IsTooOld(connection) && connection.TryBecomeIdle(Environment.TickCount64) && TryKeep(connection);
        if (!isKept) connection.Dispose();
        _places?.Release();
    }

    public void Forget(UpstreamConnection connection) => _pool.Forget(connection);

    public void Opened() => Interlocked.Increment(ref _open);

    public void Closed() => Interlocked.Decrement(ref _open);

    /// <summary>Closes what waits in vain.</summary>
    /// <returns>Whether nothing is connected, or about to be.</returns>
    public bool Sweep(long now)
    {
        List<UpstreamConnection>? over = null;
        lock (_lock)
        {
            for (var i = _idle.Count - 1; i >= 0; i--)
            {
                var connection = _idle[i];
                if (connection.IsQuiet && !_pool.IsTooOld(connection) && now - connection.IdleSince < UpstreamPool.IdleLife) continue;
                (over ??= []).Add(connection);
                _idle.RemoveAt(i);
            }
        }
        over?.ForEach(connection => connection.Dispose());
        return Volatile.Read(ref _open) == 0 && Volatile.Read(ref _opening) == 0;
    }

    /// <summary>Keeps no connection from now on.</summary>
    public void Retire()
    {
        UpstreamConnection[] idle;
        lock (_lock)
        {
            _isRetired = true;
            idle = [.. _idle];
            _idle.Clear();
        }
        foreach (var connection in idle) connection.Dispose();
    }

    private UpstreamConnection? TakeIdle()
    {
        while (true)
        {
            UpstreamConnection connection;
            lock (_lock)
            {
                if (_idle.Count == 0) return null;
                connection = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
            }
            if (connection.IsQuiet && !_pool.IsTooOld(connection)) return connection;
            connection.Dispose();
        }
    }

    private bool TryKeep(UpstreamConnection connection)
    {
        lock (_lock)
        {
            if (_isRetired) return false;
            _idle.Add(connection);
            return true;
        }
    }

    private async Task<UpstreamConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Transport.ConnectWithin);
        var socket = _address is IPEndPoint ip
            ? new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(_address, limit.Token);
        }
        catch (Exception e)
        {
            socket.Dispose();
            throw e switch
            {
                OperationCanceledException when !cancellationToken.IsCancellationRequested =>
                    new TaskCanceledException("No connection to the service came about in time.", new TimeoutException()),
                SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } =>
                    Failed(HttpRequestError.NameResolutionError, e),
                SocketException => Failed(HttpRequestError.ConnectionError, e),
                _ => e,
            };
        }
        var connection = new UpstreamConnection(socket, this, Environment.TickCount64);
        _pool.Remember(connection);
        return connection;
    }

    private static HttpRequestException Failed(HttpRequestError error, Exception by) => new(error, "No connection to the service came about.", by);
}
