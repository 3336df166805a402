namespace Gateway.Features.ServiceDiscovery.Consul;

/// <summary>Consul's rules for <c>X-Consul-Index</c> (https://developer.hashicorp.com/consul/api-docs/features/blocking).</summary>
internal static class ConsulIndex
{
    /// <summary>
    /// What to wait for next. An index that went backwards means that Consul's state was restored: begin again. One below 1 is Consul's
    /// fault, and would keep the question from waiting: 1 always waits.
    /// </summary>
    public static long Next(long last, long answered) => answered < last ? 0 : Math.Max(answered, 1);
}
