using System.Runtime.CompilerServices;
using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.ServiceDiscovery.ServiceFabric;

/// <summary>
/// Service Fabric behind its reverse proxy (contract 07 §4.1): every request goes to <c>Host</c> and <c>Port</c>, and its path begins with
/// the service's name, in which placeholders of the route may stand. <c>PartitionKind</c> and the like in the query are the proxy's affair.
/// </summary>
internal sealed class ServiceFabricProvider : IDiscoveryProvider
{
    private const int DefaultPort = 19081;

    public IReadOnlyList<string> Names { get; } = ["ServiceFabric"];

    public string PathBefore(DiscoveredService service) => $"/{service.Name.Trim('/')}";

    public ServiceWatch? Compile(DiscoveredService service, ServiceDiscoveryProviderOptions options, RouteSection section)
    {
        var host = options.Host ?? "localhost";
        var port = options.Port is > 0 and { } written ? written : DefaultPort;
        if (section.Level != Levels.Route)
            section.Error("ServiceDiscoveryProvider.Type", "services of Service Fabric can't be asked by the first segment of a path",
                "Write a route with a ServiceName for each, or \"DynamicRouting\": \"Off\"", ProblemCodes.Unsupported);
        else if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            section.Error("ServiceDiscoveryProvider.Host", $"must be the reverse proxy's name or address, was \"{host}\"",
                "Write the host alone; the port has a key of its own");
        else if (port > 65535)
            section.Error("ServiceDiscoveryProvider.Port", $"must be from 1 to 65535, was {port}", $"Write the reverse proxy's port; its default is {DefaultPort}");
        else return new ServiceWatch($"{host}:{port}", stopping => ProxyAsync(new Destination(host.Trim('[', ']'), port), stopping));
        return null;
    }

    private static async IAsyncEnumerable<IReadOnlyList<Destination>> ProxyAsync(Destination proxy, [EnumeratorCancellation] CancellationToken stopping)
    {
        yield return [proxy];
        await Task.Delay(Timeout.Infinite, stopping); // it never changes
    }
}
