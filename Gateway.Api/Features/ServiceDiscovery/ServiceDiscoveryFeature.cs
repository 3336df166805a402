using Gateway.Configuration;
using Gateway.Features.ServiceDiscovery.Static;
using Gateway.Pipeline;

namespace Gateway.Features.ServiceDiscovery;

/// <summary>
/// Gives each route the source of its destinations: the hosts it writes out, or the instances of the service it names (contract 07 §1).
/// Routes that mean the same hosts or service share one source, over reloads too.
/// </summary>
internal sealed class ServiceDiscoveryFeature(DiscoveryProviders providers, TimeProvider time, ILoggerFactory loggers) : IRouteFeature
{
    private const string DefaultProvider = "Consul";

    /// <summary>The registry; also the way to a configuration that Consul keeps.</summary>
    public static readonly SectionKey<ServiceDiscoveryProviderOptions?> Provider =
        new("ServiceDiscoveryProvider", Levels.Route | Levels.DynamicRoute | Levels.Global, Combination.FieldByField);

    private static readonly SectionKey<string?> ServiceName = new("ServiceName", Levels.Route | Levels.DynamicRoute);
    private static readonly SectionKey<string?> ServiceNamespace = new("ServiceNamespace", Levels.Route | Levels.DynamicRoute);
    private static readonly SectionKey<IReadOnlyList<HostAndPort>?> Hosts = new("DownstreamHostAndPorts", Levels.Route);

    public IReadOnlyList<SectionKey> Keys { get; } =
        [ServiceName, ServiceNamespace, Hosts, Provider, .. providers.All.SelectMany(p => p.Keys)];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        CheckGlobalType(section.Global);
        if (section.Level == Levels.Aggregate) return;

        route.Source = section.ReadOwn(ServiceName) is { } name ? Discover(name, section, route) : UseHosts(section, route);
    }

    /// <summary>A name that is wrong is wrong even where no route needs it yet.</summary>
    private void CheckGlobalType(GlobalSection global)
    {
        if (global.ReadOwn(Provider)?.Type is { } type) providers.Find(type, global);
    }

    private static StaticSource? UseHosts(RouteSection section, RouteBuilder route)
    {
        if (section.ReadOwn(Hosts) is { Count: > 0 } hosts) return StaticHosts.Compile(hosts, section, route);

        // A list that is there but couldn't be read has its problem already.
        if (section.Level == Levels.DynamicRoute)
            section.Error("ServiceName", "a dynamic route is found by the name of its service", "Write \"ServiceName\"",
                ProblemCodes.Missing);
        else if (!section.Has(Hosts) || section.Node.Find("DownstreamHostAndPorts")?.Value is not ArrayNode { Items.Count: > 0 })
            section.Error("DownstreamHostAndPorts", "the route leads nowhere: it has neither hosts nor a ServiceName",
                "Write \"DownstreamHostAndPorts\": [ { \"Host\": \"…\", \"Port\": … } ], or \"ServiceName\"", ProblemCodes.Missing);
        return null;
    }

    private WatchedSource? Discover(string name, RouteSection section, RouteBuilder route)
    {
        if (section.Has(Hosts))
            section.Warning("DownstreamHostAndPorts", $"has no effect, because ServiceName '{name}' decides where the route leads",
                "Remove one of the two", ProblemCodes.Conflict);
        var service = new DiscoveredService(name, section.ReadOwn(ServiceNamespace));
        var options = OptionsOf(section);
        if (providers.Find(options.Type ?? DefaultProvider, section) is not { } provider) return null;
        if (provider.Compile(service, options, section) is not { } watch) return null;

        route.Service = service.ToString();
        route.PathBefore = provider.PathBefore(service);
        return route.Snapshot.Share($"{provider.Names[0]}\n{service}\n{watch.Identity}",
            () => new WatchedSource(service, provider.Names[0], watch, time, loggers.CreateLogger<WatchedSource>()));
    }

    /// <summary>
    /// A route's own section completes the global one, unless it means another provider: then their fields have nothing in common.
    /// </summary>
    private static ServiceDiscoveryProviderOptions OptionsOf(RouteSection section)
    {
        var own = section.ReadOwn(Provider);
        var global = section.Global.ReadOwn(Provider)?.Type ?? DefaultProvider;
        var other = own?.Type is { } type && !string.Equals(type, global, StringComparison.OrdinalIgnoreCase);
        return (other ? own : section.Read(Provider)) ?? new ServiceDiscoveryProviderOptions();
    }
}
