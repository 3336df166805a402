using System.Collections.Frozen;
using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.LoadBalancing;

/// <summary>Gives each route the balancer that its <c>LoadBalancerOptions</c> name (contract 06 §7).</summary>
internal sealed class LoadBalancingFeature : IRouteFeature
{
    private static readonly SectionKey<LoadBalancerOptions?> Options =
        new("LoadBalancerOptions", Levels.Route | Levels.DynamicRoute | Levels.Global, Combination.FieldByField);

    private static readonly LoadBalancerOptions Unwritten = new();

    private readonly FrozenDictionary<string, ILoadBalancerFactory> _factories;

    /// <exception cref="ArgumentException">Two balancers have the same name.</exception>
    public LoadBalancingFeature(IEnumerable<ILoadBalancerFactory> factories)
    {
        var byName = new Dictionary<string, ILoadBalancerFactory>(StringComparer.OrdinalIgnoreCase);
        foreach (var factory in factories) byName.Add(factory.Name, factory);
        _factories = byName.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<SectionKey> Keys { get; } = [Options];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        // A name that is wrong is wrong even where no route needs it.
        if (section.Global.ReadOwn(Options)?.Type is { } type) Find(type, section.Global);
        if (section.Level == Levels.Aggregate) return;

        var options = section.Read(Options) ?? Unwritten;
        if (options.Type is null) WarnOfUnusedHosts(section, route);
        route.Balancer = Find(options.Type ?? nameof(NoLoadBalancer), section)?.Compile(options, section, route);
    }

    private ILoadBalancerFactory? Find(string name, DocumentSection section)
    {
        if (_factories.TryGetValue(name, out var factory)) return factory;

        var nearest = Spelling.Nearest(name, _factories.Keys);
        section.Error("LoadBalancerOptions.Type", $"no load balancer is called '{name}'",
            nearest is null ? $"The load balancers are {string.Join(", ", _factories.Keys.Order())}" : $"Did you mean '{nearest}'?",
            ProblemCodes.UnknownReference);
        return null;
    }

    private static void WarnOfUnusedHosts(RouteSection section, RouteBuilder route)
    {
        if (route is { Service: null, Source.Current.Count: > 1 and var hosts })
            section.Warning("DownstreamHostAndPorts",
                $"of these {hosts} hosts only the first is used while it can be reached, as no load balancer is named",
                "Write \"LoadBalancerOptions\": { \"Type\": \"RoundRobin\" }, or leave one host", ProblemCodes.Missing);
    }
}
