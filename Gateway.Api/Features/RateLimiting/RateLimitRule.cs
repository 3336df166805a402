namespace Gateway.Features.RateLimiting;

/// <summary>What is counted: an unchanged rule keeps its counters over a reload, another rule begins anew (contract 06 §1.5).</summary>
/// <param name="Limit">Never negative; 0 refuses everything.</param>
/// <param name="Wait">Zero: until the period's end.</param>
/// <param name="Prefix"><c>KeyPrefix</c>.</param>
internal sealed record RateLimitRule(RateLimitAlgorithm Algorithm, long Limit, TimeSpan Period, TimeSpan Wait, ClientKey Key, string Prefix);
