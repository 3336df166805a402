using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.ServiceDiscovery.Static;

/// <summary>Compiles <c>DownstreamHostAndPorts</c>.</summary>
internal static class StaticHosts
{
    /// <returns>The source, or null after a problem was reported.</returns>
    public static StaticSource? Compile(IReadOnlyList<HostAndPort> hosts, RouteSection section, RouteBuilder route)
    {
        var sound = true;
        for (var i = 0; i < hosts.Count; i++) sound &= Check(hosts[i], $"DownstreamHostAndPorts[{i}]", section);
        if (!sound) return null;

        var text = string.Join(",", hosts.Select(h => $"{h.Host}:{h.Port}"));
        return route.Snapshot.Share(text, () => new StaticSource(Destinations(hosts)));
    }

    /// <summary>An address that is listed twice, so as to weigh more, is still one destination.</summary>
    private static List<Destination> Destinations(IReadOnlyList<HostAndPort> hosts)
    {
        var known = new Dictionary<string, Destination>(StringComparer.OrdinalIgnoreCase);
        var list = new List<Destination>(hosts.Count);
        foreach (var host in hosts)
        {
            var destination = new Destination(host.Host!.Trim('[', ']'), host.Port!.Value);
            known.TryAdd(destination.Authority, destination);
            list.Add(known[destination.Authority]);
        }
        return list;
    }

    private static bool Check(HostAndPort entry, string path, RouteSection section)
    {
        var host = CheckHost(entry.Host, $"{path}.Host", section);
        return CheckPort(entry.Port, $"{path}.Port", section) && host;
    }

    private static bool CheckHost(string? host, string path, RouteSection section)
    {
        if (string.IsNullOrWhiteSpace(host))
            section.Error(path, "the host is missing or empty", "Write a host name or an address", ProblemCodes.Missing);
        else if (host.Contains("://", StringComparison.Ordinal))
            section.Error(path, $"must be a host without a scheme, was \"{host}\"",
                $"Write \"{Bare(host)}\" here and \"DownstreamScheme\": \"{host.Split("://")[0]}\" in the route");
        else if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            section.Error(path, $"must be a host name or an address, was \"{host}\"",
                Uri.CheckHostName(Bare(host)) == UriHostNameType.Unknown
                    ? ""
                    : $"Write \"{Bare(host)}\" here; a port belongs to 'Port', a path to 'DownstreamPathTemplate'");
        else return true;
        return false;
    }

    private static bool CheckPort(int? port, string path, RouteSection section)
    {
        if (port is null)
            section.Error(path, "the port is missing", "Write a port from 1 to 65535 (80 for http, 443 for https)", ProblemCodes.Missing);
        else if (port is < 1 or > 65535)
            section.Error(path, $"must be from 1 to 65535, was {port}", "Write the port the service listens on");
        else return true;
        return false;
    }

    /// <summary>What is left of an address without scheme, port and path.</summary>
    private static string Bare(string host)
    {
        var start = host.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0;
        var end = host.AsSpan(start).IndexOfAny(':', '/');
        return end < 0 ? host[start..] : host[start..(start + end)];
    }
}
