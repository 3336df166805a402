namespace Gateway.Features.RateLimiting;

/// <summary>How requests are counted against a limit.</summary>
internal enum RateLimitAlgorithm
{
    /// <summary>Ocelot's: a window begins with a client's first request and lasts a period.</summary>
    FixedWindow,

    /// <summary>A window that moves along with the clock: no two bursts at the joint of two windows.</summary>
    SlidingWindow,

    /// <summary>A bucket of <c>Limit</c> tokens that fills evenly, a full bucket in one period.</summary>
    TokenBucket,

    /// <summary>So many requests at once; no period.</summary>
    Concurrency,
}
