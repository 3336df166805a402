using System.Runtime.CompilerServices;
using Gateway.Pipeline;

namespace Gateway.Features.ServiceDiscovery.Consul;

/// <summary>Watches the passing instances of one service.</summary>
internal sealed partial class ConsulWatch(BlockingQuery<List<HealthEntry>> instances, bool useNodeName, ILogger logger)
{
    // Instances that can't be used are told of once, not with every answer. Only one enumeration runs at a time.
    private readonly HashSet<string> _told = [];

    public async IAsyncEnumerable<IReadOnlyList<Destination>> ListsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var entries in instances.ValuesAsync(cancellation)) yield return Usable(entries ?? []);
    }

    private List<Destination> Usable(List<HealthEntry> entries)
    {
        var usable = new List<Destination>(entries.Count);
        foreach (var entry in entries)
        {
            var host = HostOf(entry, useNodeName);
            if (host is not null && entry.Service!.Port is > 0 and <= 65535)
                usable.Add(new Destination(host, entry.Service.Port, id: entry.Service.Id) { Tags = entry.Service.Tags ?? [] });
            else if (_told.Add($"{entry.Node?.Node}/{entry.Service?.Id}"))
                Log.InstanceUnusable(logger, entry.Service?.Id, entry.Node?.Node, host ?? entry.Service?.Address, entry.Service?.Port ?? 0);
        }
        return usable;
    }

    /// <summary>
    /// The service's address, else its node's, as Consul itself has it (contract 00, Consul); null where neither is a host.
    /// </summary>
    private static string? HostOf(HealthEntry entry, bool useNodeName)
    {
        var host = useNodeName ? entry.Node?.Node
            : entry.Service?.Address is { Length: > 0 } address ? address
            : entry.Node?.Address;
        return host is not null && Uri.CheckHostName(host) != UriHostNameType.Unknown && entry.Service is not null ? host : null;
    }

    private static partial class Log
    {
        [LoggerMessage(1710, LogLevel.Warning,
            "Consul's instance {Id} on node {Node} can't be used: its address is '{Address}', its port {Port}")]
        public static partial void InstanceUnusable(ILogger logger, string? id, string? node, string? address, int port);
    }
}
