namespace Gateway.Features.RateLimiting;

/// <summary>What became of one request that was counted.</summary>
/// <param name="Remaining">Requests the client has left.</param>
/// <param name="UntilReset">The time until it has all of them again; null where the algorithm has no such moment.</param>
/// <param name="RetryAfter">For a request refused: the time until another may pass; null where nobody can tell.</param>
/// <param name="Lease">To be returned when the request has ended; null where only beginnings are counted.</param>
internal readonly record struct Admission(
    bool IsAdmitted, long Remaining, TimeSpan? UntilReset = null, TimeSpan? RetryAfter = null, IDisposable? Lease = null);
