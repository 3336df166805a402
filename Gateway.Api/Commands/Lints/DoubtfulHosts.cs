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
        var inContainer = document.Settings.GetValue("DOTNET_RUNNING_IN_CONTAINER", false) && document.Environment != Environments.Development;
        var service = document.Hosts.FirstOrDefault(h => IsServiceName(h.Host));
        foreach (var named in document.Hosts)
        {
            if ((inContainer || service is not null) && Destinations.IsLoopback(named.Host))
                named.Route.Section.Warning($"{named.Path}.Host", $"{named.Host} is the gateway's own container" + (service is null ? "" : $", while other routes name hosts of its network, such as {service.Host}"),
                    "Write the name of the service's container", LintCodes.Localhost);
            if (named.Port is 80 or 443) LookAtPort(named.Route, named.Path, named.Port);
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
