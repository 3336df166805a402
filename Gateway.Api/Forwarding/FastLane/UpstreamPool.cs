using System.Collections.Concurrent;
using System.Net.Security;

namespace Gateway.Forwarding.FastLane;

/// <summary>
/// All connections of one transport, by address. A sweep ends requests whose time has run out and closes connections that have waited too
/// long: one timer for all costs less than one for each request, and a time-out a tenth of a second late harms nobody. Thread-safe.
/// </summary>
/// <param name="mostConnections">To one address.</param>
/// <param name="lifetime">How long a connection is used; zero: for one request.</param>
/// <param name="tls">What to tell and to ask of services that speak TLS; the host is filled in for each.</param>
internal sealed class UpstreamPool(int mostConnections, TimeSpan lifetime, Func<SslClientAuthenticationOptions> tls) : IDisposable
{
    /// <summary>Milliseconds that a connection waits for a request, as long as the platform's own pool lets it.</summary>
    public const long IdleLife = 60_000;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<(string Authority, bool IsSecure), UpstreamEndpoint> _endpoints = new();
    private readonly ConcurrentDictionary<UpstreamConnection, bool> _open = new();
    private readonly Lock _starting = new();
    private readonly long _lifetime = (long)lifetime.TotalMilliseconds;
    private ITimer? _sweeps;
    private long _lastSweepOfIdle;
    private bool _isDisposed;

    public int MostConnections { get; } = mostConnections;

    public FieldStrings Strings { get; } = new();

    public UpstreamEndpoint Find(string authority, bool isSecure) =>
        _endpoints.TryGetValue((authority, isSecure), out var endpoint)
            ? endpoint
            : _endpoints.GetOrAdd((authority, isSecure), static (key, pool) => new UpstreamEndpoint(pool, key.Authority, key.IsSecure), this);

    public SslClientAuthenticationOptions TlsFor(string host)
    {
        var options = tls();
        options.TargetHost = host;
        return options;
    }

    public bool IsTooOld(UpstreamConnection connection) =>
        Environment.TickCount64 - connection.OpenedAt >= _lifetime;

    public void Remember(UpstreamConnection connection)
    {
        connection.Endpoint.Opened();
        _open.TryAdd(connection, true);
        if (Volatile.Read(ref _sweeps) is not null) return;
        lock (_starting)
        {
            if (!_isDisposed) _sweeps ??= TimeProvider.System.CreateTimer(static pool => ((UpstreamPool)pool!).Sweep(), this, SweepEvery, SweepEvery);
        }
    }

    public void Forget(UpstreamConnection connection)
    {
        if (_open.TryRemove(connection, out _)) connection.Endpoint.Closed();
    }

    public void Dispose()
    {
        lock (_starting)
        {
            _isDisposed = true;
            _sweeps?.Dispose();
        }
        foreach (var endpoint in _endpoints.Values) endpoint.Retire();
    }

    private void Sweep()
    {
        var now = Environment.TickCount64;
        foreach (var (connection, _) in _open) connection.Expire(now);
        if (now - _lastSweepOfIdle < 1000) return;

        _lastSweepOfIdle = now;
        foreach (var (key, endpoint) in _endpoints)
        {
            // What nobody is connected to any more is forgotten; a request that holds it drops its connection at the end.
            if (endpoint.Sweep(now) && _endpoints.TryRemove(key, out _)) endpoint.Retire();
        }
    }
}
