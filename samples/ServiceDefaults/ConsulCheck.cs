namespace Samples.ServiceDefaults;

/// <summary>The health check that Consul runs against a registered service. Durations are in Go's form: <c>2s</c>, <c>1m</c>.</summary>
internal sealed record ConsulCheck(string HTTP, string Interval, string Timeout, string DeregisterCriticalServiceAfter)
{
    /// <summary>
    /// A service registers when it already listens, so it counts as healthy at once: a new copy gets traffic without waiting for the
    /// first check.
    /// </summary>
    public string Status { get; } = "passing";
}
