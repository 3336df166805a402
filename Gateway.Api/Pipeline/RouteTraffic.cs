namespace Gateway.Pipeline;

/// <summary>
/// What a route has served, for pages: outlives a reload that leaves the route's requests the same. Thread-safe; noting takes no lock.
/// </summary>
internal sealed class RouteTraffic
{
    private long _requests;
    private long _clientErrors;
    private long _serverErrors;
    private LatencyHistogram? _latencies;

    public long Requests => Volatile.Read(ref _requests);

    /// <summary>Answers of 400 to 499.</summary>
    public long ClientErrors => Volatile.Read(ref _clientErrors);

    /// <summary>Answers of 500 and above, and answers that were broken off.</summary>
    public long ServerErrors => Volatile.Read(ref _serverErrors);

    public LatencyHistogram? Latencies => Volatile.Read(ref _latencies);

    public void Note(int status, TimeSpan elapsed)
    {
        Interlocked.Increment(ref _requests);
        if (status >= StatusCodes.Status500InternalServerError) Interlocked.Increment(ref _serverErrors);
        else if (status >= StatusCodes.Status400BadRequest) Interlocked.Increment(ref _clientErrors);
        // Made with the first request: most of ten thousand routes may never see one.
        (Latencies ?? First()).Note(elapsed);
    }

    private LatencyHistogram First() => Interlocked.CompareExchange(ref _latencies, new LatencyHistogram(), null) ?? Latencies!;
}
