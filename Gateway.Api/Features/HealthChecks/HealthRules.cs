namespace Gateway.Features.HealthChecks;

/// <summary>How often to check, and how many checks in a row decide.</summary>
internal sealed record HealthRules(TimeSpan Interval, TimeSpan Timeout, int Unhealthy, int Healthy);
