using System.Collections.Concurrent;
using System.Diagnostics;

namespace Gateway.Forwarding.FastLane;

/// <summary>
/// All connections of one transport, by address. While there are any, a sweep ends requests whose time has run out and closes connections
/// that have waited too long: one timer for all costs less than one for each request, and a time-out a tenth of a second late harms nobody.
/// Thread-safe.
/// </summary>
/// <param name="mostConnections">To one address.</param>
/// <param name="lifetime">How long a connection is used; zero: for one request.</param>
internal sealed class UpstreamPool(int mostConnections, TimeSpan lifetime) : IDisposable
{
    /// <summary>Milliseconds that a connection waits for a request, as long as the platform's own pool lets it.</summary>
    public const long IdleLife = 60_000;

    private const long SweepIdleEvery = 1000;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, UpstreamEndpoint> _endpoints = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<UpstreamConnection, bool> _open = new();
    private readonly Lock _sweeping = new();
    private readonly long _lifetime = (long)lifetime.TotalMilliseconds;
    private ITimer? _sweeps;
    private long _lastSweepOfIdle;

    public int MostConnections { get; } = mostConnections;

    /// <summary>Connections that are open, used or waiting.</summary>
    public int Open => _open.Count;

    public FieldStrings Strings { get; } = new();

    /// <summary>The fields that carry the context of a trace, which the gateway sets itself where it has one.</summary>
    public string[] TraceFields { get; } = [.. DistributedContextPropagator.Current.Fields];

    /// <exception cref="UriFormatException">The authority can't stand in a URL.</exception>
    public UpstreamEndpoint Find(string authority) =>
        _endpoints.TryGetValue(authority, out var endpoint)
            ? endpoint
            : _endpoints.GetOrAdd(authority, static (key, pool) => new UpstreamEndpoint(pool, key), this);

    public bool IsTooOld(UpstreamConnection connection) => Environment.TickCount64 - connection.OpenedAt >= _lifetime;

    public void Remember(UpstreamConnection connection)
    {
        connection.Endpoint.Opened();
        lock (_sweeping)
        {
            _open.TryAdd(connection, true);
            if (_sweeps is not null) return;
            using (ExecutionContext.SuppressFlow()) // the timer outlives the request that happens to start it
                _sweeps = TimeProvider.System.CreateTimer(static pool => ((UpstreamPool)pool!).Sweep(), this, SweepEvery, SweepEvery);
        }
    }

    public void Forget(UpstreamConnection connection)
    {
        if (_open.TryRemove(connection, out _)) connection.Endpoint.Closed();
    }

    /// <summary>Keeps nothing from now on; requests under way end by themselves, or in time.</summary>
    public void Dispose()
    {
        foreach (var endpoint in _endpoints.Values) endpoint.Retire();
        Rest();
    }

    private void Sweep()
    {
        var now = Environment.TickCount64;
        foreach (var (connection, _) in _open) connection.Expire(now);
        if (now - _lastSweepOfIdle >= SweepIdleEvery)
        {
            _lastSweepOfIdle = now;
            foreach (var (authority, endpoint) in _endpoints)
            {
                // What nobody is connected to any more is forgotten; a request that has just found it drops its connection at the end.
                if (endpoint.Sweep(now) && _endpoints.TryRemove(authority, out _)) endpoint.Retire();
            }
        }
        Rest();
    }

    private void Rest()
    {
        lock (_sweeping)
        {
            if (!_open.IsEmpty) return;
            _sweeps?.Dispose();
            _sweeps = null;
        }
    }
}
