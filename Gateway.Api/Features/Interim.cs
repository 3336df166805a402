using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features;

internal sealed record HostAndPort { public string? Host { get; init; } public int? Port { get; init; } }
internal sealed record Balancing { public string? Type { get; init; } }

/// <summary>Stands in until service discovery and load balancing are merged.</summary>
internal sealed class InterimHosts : IRouteFeature
{
    private static readonly SectionKey<IReadOnlyList<HostAndPort>?> Hosts = new("DownstreamHostAndPorts", Levels.Route);
    private static readonly SectionKey<Balancing?> Balancer = new("LoadBalancerOptions", Levels.Route);

    public IReadOnlyList<SectionKey> Keys => [Hosts, Balancer];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        route.Source = new Source([.. (section.ReadOwn(Hosts) ?? []).Select(h => new Destination(h.Host!, h.Port ?? 80))]);
        route.Balancer = new First(section.ReadOwn(Balancer)?.Type == "RoundRobin");
    }

    private sealed class Source(IReadOnlyList<Destination> list) : IDestinationSource
    {
        public IReadOnlyList<Destination> Current => list;
        public Task FirstList => Task.CompletedTask;
        public SourceState State => new("hosts", "Static", list.Count, TimeSpan.Zero, null);
        public void Start() { }
    }

    private sealed class First(bool turns) : ILoadBalancer
    {
        private int _next;
        public Destination Lease(Exchange exchange, IReadOnlyList<Destination> destinations)
        {
            var destination = destinations[turns ? (int)((uint)Interlocked.Increment(ref _next) % destinations.Count) : 0];
            destination.Enter();
            return destination;
        }
    }
}
