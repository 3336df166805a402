using Gateway.Configuration;

namespace Gateway.Features.ServiceDiscovery.Dns;

/// <summary>
/// DNS: SRV, A and AAAA records of the name server that <c>Host</c> and <c>Port</c> name, else of the system's; asked again when the
/// records' time to live is over, or every <c>PollingInterval</c>.
/// </summary>
internal sealed class DnsProvider(TimeProvider time) : IDiscoveryProvider
{
    private const int DefaultPort = 53;

    public IReadOnlyList<string> Names { get; } = ["Dns"];

    public ServiceWatch? Compile(DiscoveredService service, ServiceDiscoveryProviderOptions options, RouteSection section)
    {
        var port = options.Port is > 0 and { } written ? written : DefaultPort;
        var interval = options.PollingInterval is > 0 and { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : (TimeSpan?)null;
        if (options.Host is not null && Uri.CheckHostName(options.Host) == UriHostNameType.Unknown)
            section.Error("ServiceDiscoveryProvider.Host", $"must be a name server's name or address, was \"{options.Host}\"",
                "Leave it out to use the system's");
        else if (port > 65535)
            section.Error("ServiceDiscoveryProvider.Port", $"must be from 1 to 65535, was {port}",
                $"Write the name server's port; its default is {DefaultPort}");
        else if (options.PollingInterval < 0)
            section.Error("ServiceDiscoveryProvider.PollingInterval", $"must not be negative, was {options.PollingInterval}",
                "Write milliseconds, or 0");
        else if (DnsTarget.Compile(service.Name, section) is { } target)
            return new ServiceWatch($"{target} {options.Host} {port} {interval}",
                new DnsWatch(target, options.Host?.Trim('[', ']'), port, interval, time).ListsAsync);
        return null;
    }
}
