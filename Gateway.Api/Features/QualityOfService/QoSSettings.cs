namespace Gateway.Features.QualityOfService;

/// <summary>A route's quality of service, ready for use; what is null is switched off.</summary>
internal sealed record QoSSettings(TimeSpan? Timeout, BreakerSettings? Breaker, RetrySettings? Retry);

/// <summary>When a circuit opens, and for how long.</summary>
/// <param name="MinimumThroughput">At least 1.</param>
/// <param name="FailureRatio">Above 0 up to 1; null: failures in a row count.</param>
internal sealed record BreakerSettings(int MinimumThroughput, TimeSpan BreakDuration, double? FailureRatio, TimeSpan SamplingDuration);

/// <summary>How often a request may be repeated.</summary>
/// <param name="Attempts">After the first.</param>
internal sealed record RetrySettings(int Attempts, TimeSpan Delay, double Budget);
