using Gateway.Configuration;

namespace Gateway.Features.QualityOfService;

/// <summary>
/// Time-out, circuit breaker and retries of the calls to a service (contract 06 §2). Something is switched on by a positive
/// <see cref="Timeout"/>, <see cref="MinimumThroughput"/> or <see cref="FailureRatio"/>, or by <see cref="Retry"/>. Route and global values
/// combine property by property.
/// </summary>
internal sealed record QoSOptions
{
    /// <summary>Milliseconds, 11 to 86,399,999, until the head of the answer must be there, for each attempt. 0, the default: none of its own.</summary>
    [FormerName("TimeoutValue")]
    public int? Timeout { get; init; }

    /// <summary>
    /// Failures in a row that open the circuit, or with <see cref="FailureRatio"/> the calls there must be before the ratio counts. 0: no
    /// breaker. Default 100 once something is switched on.
    /// </summary>
    [FormerName("ExceptionsAllowedBeforeBreaking")]
    public int? MinimumThroughput { get; init; }

    /// <summary>Milliseconds, more than 500, that an open circuit stays open before one call may try the service. Default 5000.</summary>
    [FormerName("DurationOfBreak")]
    public int? BreakDuration { get; init; }

    /// <summary>The share of failures among the calls of <see cref="SamplingDuration"/> that opens the circuit, up to 1. 0, the default: failures in a row count.</summary>
    public double? FailureRatio { get; init; }

    /// <summary>Milliseconds, more than 500, for which calls are kept in mind for <see cref="FailureRatio"/>. Default 10,000.</summary>
    public int? SamplingDuration { get; init; }

    /// <summary>Further attempts for requests that may be repeated; default none.</summary>
    public RetryOptions? Retry { get; init; }

    /// <summary>The routes, by their <c>Key</c>, that the global section is for; default all.</summary>
    [GlobalOnly]
    public IReadOnlyList<string>? RouteKeys { get; init; }
}
