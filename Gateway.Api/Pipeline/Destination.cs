namespace Gateway.Pipeline;

/// <summary>
/// One address of a service. The same address keeps the same object while it stays in its list, so that what is known about it (requests
/// in flight, a rest after a failure) survives a change of the others. Thread-safe.
/// </summary>
internal sealed class Destination(string host, int port, string? scheme = null, string? id = null)
{
    // Long enough that a burst doesn't run into the same closed port, short enough that a restart is noticed at once.
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    private int _inFlight;
    private int _failures;
    private long _restsUntil;

    public string Host { get; } = host;

    public int Port { get; } = port;

    /// <summary>The scheme its source gave, if any; a route's <c>DownstreamScheme</c> wins over it (contract 06 §7.4).</summary>
    public string? Scheme { get; } = scheme;

    /// <summary>The instance's id in its registry, else <c>host:port</c>.</summary>
    public string Id { get; } = id ?? $"{host}:{port}";

    /// <summary>What a URL and a <c>Host</c> header say: an IPv6 address stands in brackets.</summary>
    public string Authority { get; } = host.Contains(':') && !host.StartsWith('[') ? $"[{host}]:{port}" : $"{host}:{port}";

    /// <summary>The host as a parsed URI gives it.</summary>
    public string UriHost { get; } = host.Contains(':') && !host.StartsWith('[') ? $"[{host}]" : host;

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Requests that were sent and whose answer hasn't ended.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    public void Enter() => Interlocked.Increment(ref _inFlight);

    /// <summary>Enters if <see cref="InFlight"/> is still <paramref name="expected"/>: choosing by the count and counting are one step.</summary>
    public bool TryEnter(int expected) => Interlocked.CompareExchange(ref _inFlight, expected + 1, expected) == expected;

    public void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>
    /// Lets the destination, which has just failed, be passed over while there are others: for a second, twice as long after every further
    /// failure in a row, half a minute at most. Requests that fail while it rests belong to the same failure.
    /// </summary>
    public void Rest(TimeProvider time)
    {
        var now = time.GetTimestamp();
        var before = Volatile.Read(ref _restsUntil);
        if (before > now) return;
        var rest = Math.Min(FirstRest.TotalSeconds * (1 << Math.Min(Volatile.Read(ref _failures), 10)), LongestRest.TotalSeconds);
        if (Interlocked.CompareExchange(ref _restsUntil, now + (long)(rest * time.TimestampFrequency), before) == before)
            Interlocked.Increment(ref _failures);
    }

    /// <summary>It has answered: its next failure is a first one.</summary>
    public void Answered()
    {
        if (Volatile.Read(ref _failures) != 0) Volatile.Write(ref _failures, 0);
    }

    public bool IsResting(long timestamp) => Volatile.Read(ref _restsUntil) > timestamp;

    public bool IsSame(Destination other) =>
        Port == other.Port && Id == other.Id && Scheme == other.Scheme
        && string.Equals(Host, other.Host, StringComparison.OrdinalIgnoreCase) && Tags.SequenceEqual(other.Tags);

    public override string ToString() => Authority;
}
