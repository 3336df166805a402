using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Gateway.Forwarding.FastLane;

/// <summary>The connections to one address. Thread-safe.</summary>
internal sealed class UpstreamEndpoint
{
    private readonly UpstreamPool _pool;
    private readonly EndPoint _address;
    private readonly string _tlsHost;
    private readonly bool _isSecure;
    private readonly Lock _lock = new();
    private readonly List<UpstreamConnection> _idle = [];
    private readonly SemaphoreSlim? _limit;
    private bool _isRetired;
    private int _open;

    public UpstreamEndpoint(UpstreamPool pool, string authority, bool isSecure)
    {
        _pool = pool;
        _isSecure = isSecure;
        var uri = new Uri($"{(isSecure ? "https" : "http")}://{authority}/");
        _tlsHost = uri.IdnHost;
        _address = IPAddress.TryParse(uri.IdnHost, out var ip) ? new IPEndPoint(ip, uri.Port) : new DnsEndPoint(uri.IdnHost, uri.Port);
        var host = ip is { AddressFamily: AddressFamily.InterNetworkV6 } ? $"[{uri.IdnHost}]" : uri.IdnHost;
        HostField = Encoding.ASCII.GetBytes(uri.IsDefaultPort ? $"Host: {host}\r\n" : $"Host: {host}:{uri.Port}\r\n");
        _limit = pool.MostConnections < int.MaxValue ? new SemaphoreSlim(pool.MostConnections) : null;
    }

    public FieldStrings Strings => _pool.Strings;

    /// <summary>The <c>Host</c> field that names it, with its CRLF.</summary>
    public byte[] HostField { get; }

    /// <returns>A connection that waits for a request, the last used first; null where there is none, or none may be used without asking for a place.</returns>
    public UpstreamConnection? TakeIdle()
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

    /// <summary>Waits for a place below the limit, and opens a connection unless one has become idle meanwhile.</summary>
    /// <exception cref="HttpRequestException">It couldn't be opened.</exception>
    /// <exception cref="OperationCanceledException">The time is over, or the client has left.</exception>
    public async Task<UpstreamConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (_limit is not null) await _limit.WaitAsync(cancellationToken);
        try
        {
            return TakeIdle() ?? await ConnectAsync(cancellationToken);
        }
        catch
        {
            _limit?.Release();
            throw;
        }
    }

    /// <summary>Whether every use of a connection needs a place, so that idle ones aren't taken without.</summary>
    public bool IsLimited => _limit is not null;

    /// <summary>Takes a connection back whose answer was read to its end, or drops it.</summary>
    public void Return(UpstreamConnection connection, bool isReusable)
    {
        if (!isReusable || _pool.IsTooOld(connection) || !connection.TryBecomeIdle(Environment.TickCount64) || !TryKeep(connection)) connection.Dispose();
        _limit?.Release();
    }

    public void Forget(UpstreamConnection connection) => _pool.Forget(connection);

    public void Opened() => Interlocked.Increment(ref _open);

    public void Closed() => Interlocked.Decrement(ref _open);

    /// <summary>Closes what waits in vain.</summary>
    /// <returns>Whether nothing is connected any more.</returns>
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
        return Volatile.Read(ref _open) == 0;
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
        SslStream? tls = null;
        try
        {
            await socket.ConnectAsync(_address, limit.Token);
            if (_isSecure)
            {
                tls = new SslStream(new NetworkStream(socket, ownsSocket: false));
                await tls.AuthenticateAsClientAsync(_pool.TlsFor(_tlsHost), limit.Token);
            }
            var connection = new UpstreamConnection(socket, tls, this, Environment.TickCount64);
            _pool.Remember(connection);
            return connection;
        }
        catch (Exception e)
        {
            if (tls is not null) await tls.DisposeAsync();
            socket.Dispose();
            throw e switch
            {
                OperationCanceledException when !cancellationToken.IsCancellationRequested =>
                    new TaskCanceledException("No connection to the service came about in time.", new TimeoutException()),
                SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } =>
                    Failed(HttpRequestError.NameResolutionError, e),
                AuthenticationException => Failed(HttpRequestError.SecureConnectionError, e),
                SocketException or IOException => Failed(_isSecure && socket.Connected ? HttpRequestError.SecureConnectionError : HttpRequestError.ConnectionError, e),
                _ => e,
            };
        }
    }

    private static HttpRequestException Failed(HttpRequestError error, Exception by) => new(error, "No connection to the service came about.", by);
}
