using System.Globalization;
using Gateway.Configuration;

namespace Gateway.Features.ServiceDiscovery.Dns;

/// <summary>
/// What a <c>ServiceName</c> means in DNS: <c>_http._tcp.cart.example</c> is asked for as SRV, whose records bring their ports (RFC 2782);
/// <c>cart.example:8080</c> is asked for as A and AAAA.
/// </summary>
/// <param name="Port">The port of every instance; null where SRV records say it.</param>
internal sealed record DnsTarget(string Name, int? Port)
{
    /// <returns>The target, or null after a problem was reported.</returns>
    public static DnsTarget? Compile(string service, DocumentSection section)
    {
        var colon = service.IndexOf(':');
        var name = colon < 0 ? service : service[..colon];
        var isSrv = name.StartsWith('_');

        if (Uri.CheckHostName(name.Replace('_', 'x')) != UriHostNameType.Dns) // SRV labels begin with '_', as no host's name may
            section.Error("ServiceName", $"must be a name in DNS, was \"{service}\"",
                "Write \"name:port\", or an SRV name such as \"_http._tcp.name\"");
        else if (isSrv && colon >= 0)
            section.Error("ServiceName", $"an SRV record has ports of its own, was \"{service}\"", $"Write \"{name}\"");
        else if (isSrv)
            return new DnsTarget(name, Port: null);
        else if (PortOf(service.AsSpan(colon + 1)) is { } port)
            return new DnsTarget(name, port);
        else
            section.Error("ServiceName", $"address records have no port, and \"{service}\" names none",
                $"Write \"{name}:80\", with the port the service listens on");
        return null;
    }

    private static int? PortOf(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 ? port : null;
}
