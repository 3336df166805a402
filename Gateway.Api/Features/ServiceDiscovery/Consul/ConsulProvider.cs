using System.Security.Cryptography;
using System.Text;
using Gateway.Configuration;

namespace Gateway.Features.ServiceDiscovery.Consul;

/// <summary>Consul. <c>PollConsul</c> is the same watch: to be told of news is never later than to poll for it.</summary>
internal sealed class ConsulProvider(
    ConsulClient client, IConfiguration environment, TimeProvider time, ILogger<ConsulWatch> logger) : IDiscoveryProvider
{
    private const int DefaultPollingInterval = 1000;

    private static readonly string[] OwnNames = ["Consul", "PollConsul"];

    public IReadOnlyList<string> Names => OwnNames;

    /// <summary>Whether <c>Type</c> means Consul.</summary>
    public static bool IsNamed(string type) => OwnNames.Contains(type, StringComparer.OrdinalIgnoreCase);

    public ServiceWatch? Compile(DiscoveredService service, ServiceDiscoveryProviderOptions options, RouteSection section)
    {
        if (options.PollingInterval < 0)
            section.Error("ServiceDiscoveryProvider.PollingInterval", $"must not be negative, was {options.PollingInterval}",
                "Write milliseconds, or 0");
        if (ConsulEndpointCompiler.Compile(options, environment, section) is not { } endpoint) return null;

        var query = HealthQuery.For(service.Name, options);
        var useNodeName = options.UseNodeName ?? false;
        var interval = TimeSpan.FromMilliseconds(options.PollingInterval is > 0 and { } written ? written : DefaultPollingInterval);
        var instances = new BlockingQuery<List<HealthEntry>>(
            (index, cancellation) => client.HealthAsync(endpoint, query, index, cancellation), interval, time);
        var watch = new ConsulWatch(instances, useNodeName, logger);
        return new ServiceWatch($"{endpoint}{query} {Hash(endpoint)} {useNodeName} {interval}", watch.ListsAsync);
    }

    /// <summary>A changed secret is another watch, but is no text to keep as a key.</summary>
    private static string Hash(ConsulEndpoint endpoint) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{endpoint.Token}\n{endpoint.Credentials}")));
}
