using System.Text;

namespace Gateway.Features.ServiceDiscovery.Consul;

/// <summary>The question for a service's passing instances, as path and query.</summary>
internal static class HealthQuery
{
    public static string For(string service, ServiceDiscoveryProviderOptions options)
    {
        var query = new StringBuilder("/v1/health/service/").Append(Uri.EscapeDataString(service)).Append("?passing=1");
        Add(query, "dc", options.Datacenter);
        Add(query, "ns", options.Namespace);
        Add(query, "near", options.Near);
        foreach (var tag in options.Tags ?? []) Add(query, "tag", tag);
        return query.ToString();
    }

    private static void Add(StringBuilder query, string name, string? value)
    {
        if (value is not null) query.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }
}
