using Gateway.Configuration;

namespace Gateway.Commands.Lints;

/// <summary>
/// Finds hosts that can hardly be meant: a port that belongs to the other scheme, and <c>localhost</c> where that is the gateway's own
/// container: the gateway runs in one, or other routes name hosts that only a container network knows.
/// </summary>
internal sealed class DoubtfulHosts : ILint
{
    public void Look(LintedDocument document)
    {
        var hosts = document.Routes.SelectMany(r => Destinations.Of(r).Select(d => (Route: r, Destination: d))).ToArray();
        var inContainer = document.Settings.GetValue("DOTNET_RUNNING_IN_CONTAINER", false) && document.Environment != Environments.Development;
        var service = hosts.FirstOrDefault(h => IsServiceName(h.Destination.Host)).Destination;
        foreach (var (route, (path, host, port)) in hosts)
        {
            if (Destinations.IsLoopback(host) && (inContainer || service is not null))
                route.Section.Warning($"{path}.Host", $"{host} is the gateway's own container" + (service is null ? "" : $", while other routes name hosts of its network, such as {service.Host}"),
                    "Write the name of the service's container", LintCodes.Localhost);
            LookAtPort(route, path, port);
        }
    }

    private static void LookAtPort(EffectiveEntry route, string path, int port)
    {
        var scheme = route.Text("DownstreamScheme")?.ToUpperInvariant();
        var other = (scheme, port) switch
        {
            ("HTTPS" or "WSS", 80) => 443,
            ("HTTP" or "WS", 443) => 80,
            _ => 0,
        };
        if (other != 0)
            route.Section.Warning($"{path}.Port", $"port {port} is hardly one for {scheme!.ToLowerInvariant()}",
                $"Write port {other}, or change the DownstreamScheme", LintCodes.SchemeAndPort);
    }

    // A single word is a name that only a container network, or a cluster, resolves.
    private static bool IsServiceName(string host) => !host.Contains('.', StringComparison.Ordinal) && !host.Contains(':', StringComparison.Ordinal) && !Destinations.IsLoopback(host);
}
