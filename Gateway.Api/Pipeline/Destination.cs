namespace Gateway.Pipeline;

/// <summary>
/// One address of a service. The same address keeps the same object while it stays in its list, so that what is known about it (requests
/// in flight, a rest after a failure) survives a change of the others. Thread-safe.
/// </summary>
internal sealed class Destination(string host, int port, string? scheme = null, string? id = null)
{
    private int _inFlight;
    private long _restsUntil;

    public string Host { get; } = host;

    public int Port { get; } = port;

    /// <summary>The scheme its source gave, if any; a route's <c>DownstreamScheme</c> wins over it (contract 06 §7.4).</summary>
    public string? Scheme { get; } = scheme;

    /// <summary>The instance's id in its registry, else <c>host:port</c>.</summary>
    public string Id { get; } = id ?? $"{host}:{port}";

    /// <summary>What a URL and a <c>Host</c> header say: an IPv6 address stands in brackets.</summary>
    public string Authority { get; } = host.Contains(':') && !host.StartsWith('[') ? $"[{host}]:{port}" : $"{host}:{port}";

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Requests that were sent and whose answer hasn't ended.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    public void Enter() => Interlocked.Increment(ref _inFlight);

    public void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Passes the destination over until <paramref name="timestamp"/> (of the <see cref="TimeProvider"/> in use), while there are others.</summary>
    public void RestUntil(long timestamp) => Interlocked.Exchange(ref _restsUntil, timestamp);

    public bool IsResting(long timestamp) => Volatile.Read(ref _restsUntil) > timestamp;

    public bool IsSame(Destination other) =>
        Port == other.Port && Id == other.Id && Scheme == other.Scheme
        && string.Equals(Host, other.Host, StringComparison.OrdinalIgnoreCase) && Tags.SequenceEqual(other.Tags);

    public override string ToString() => Authority;
}
