using System.Text;
using Gateway.Configuration;
using Gateway.Features.LoadBalancing;
using Gateway.Features.ServiceDiscovery;
using Gateway.Pipeline;

namespace Gateway.Tests.Support;

/// <summary>
/// Compiles the routes of a document with discovery and balancing alone: the text holds only their keys. Disposing gives back what the
/// snapshot rented; the services outlive it, as they do a reload.
/// </summary>
internal sealed class RouteCompilation : IDisposable
{
    private readonly SnapshotBuilder _snapshot;

    private RouteCompilation(SnapshotBuilder snapshot, IReadOnlyList<RouteBuilder> routes, IReadOnlyList<Problem> problems)
    {
        (_snapshot, Routes, Problems) = (snapshot, routes, problems);
    }

    public IReadOnlyList<RouteBuilder> Routes { get; }

    public IReadOnlyList<Problem> Problems { get; }

    public IReadOnlyList<Problem> Errors => [.. Problems.Where(p => p.Severity == Severity.Error)];

    /// <summary>The source of the first route.</summary>
    public IDestinationSource Source => Routes[0].Source!;

    /// <summary>What discovery and balancing need of DI.</summary>
    public static ServiceProvider Services(
        TimeProvider? time = null, Action<IServiceCollection>? configure = null, params (string Name, string Value)[] environment)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton<SharedResources>();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(environment.Select(e => new KeyValuePair<string, string?>(e.Name, e.Value))).Build());
        services.AddServiceDiscovery().AddLoadBalancing();
        configure?.Invoke(services);
        return services.BuildServiceProvider();
    }

    public static RouteCompilation Compile(IServiceProvider services, string json)
    {
        IRouteFeature[] features =
            [services.GetRequiredService<ServiceDiscoveryFeature>(), services.GetRequiredService<LoadBalancingFeature>()];
        var catalog = new KeyCatalog([RouteSection.KeyKey, .. features.SelectMany(f => f.Keys)]);
        var problems = new ProblemList();
        var root = (ObjectNode)DocumentParser.Parse(Encoding.UTF8.GetBytes(json), "ocelot.json", problems)!;
        var document = OcelotDocument.Read(root, catalog, problems);

        var snapshot = new SnapshotBuilder(services, services.GetRequiredService<SharedResources>(), RefusalStyle.Default);
        var routes = new List<RouteBuilder>();
        foreach (var section in document.Routes.Concat(document.DynamicRoutes).Concat(document.Aggregates))
        {
            var route = new RouteBuilder(section.Key ?? section.Path, snapshot);
            foreach (var feature in features) feature.Compile(section, route);
            routes.Add(route);
        }
        return new RouteCompilation(snapshot, routes, [.. problems]);
    }

    public void Dispose() => _snapshot.Release();
}
