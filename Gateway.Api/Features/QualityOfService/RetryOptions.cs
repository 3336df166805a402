namespace Gateway.Features.QualityOfService;

/// <summary>
/// Further attempts where the service can't be reached, doesn't answer in time, or answers 502, 503 or 504. Only for GET, HEAD, OPTIONS, TRACE,
/// PUT and DELETE without a body (RFC 9110 §9.2.2): these may be repeated, and the gateway doesn't keep bodies.
/// </summary>
internal sealed record RetryOptions
{
    /// <summary>Attempts after the first, 1 to 10; default 2.</summary>
    public int? Attempts { get; init; }

    /// <summary>Milliseconds before the first repetition; doubles each time, and varies at random. Default 100.</summary>
    public int? Delay { get; init; }

    /// <summary>The share of requests that may be repeated, above 0 up to 1, so that a service in trouble isn't asked many times over. Default 0.2.</summary>
    public double? Budget { get; init; }
}
