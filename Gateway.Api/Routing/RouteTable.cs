using System.Collections.Immutable;

namespace Gateway.Routing;

/// <summary>
/// Finds the route of a request, as Ocelot does: of the routes that fit, the first that has a host, by priority (highest first) and then
/// by place in the list; if none has a host, the first of the others. The most specific template does not win. The cost follows the length
/// of the path, not the number of routes. Immutable, safe for any number of threads.
/// </summary>
internal sealed class RouteTable<T>
{
    private readonly HostTrees _trees = new();
    private readonly ImmutableArray<RankedRoute> _routes;
    private readonly ImmutableArray<RouteDefinition<T>> _definitions;

    /// <param name="definitions">In the file's order: all routes, then all aggregates.</param>
    public RouteTable(IEnumerable<RouteDefinition<T>> definitions)
    {
        // A stable sort: among equal priorities the list's order stays.
        _definitions = [.. definitions.OrderByDescending(definition => definition.Rule.EffectivePriority)];
        _routes = [.. _definitions.Select((definition, rank) => new RankedRoute(definition.Rule, rank))];
        foreach (var route in _routes) _trees.Add(route);
    }

    /// <summary>All entries, the one that is asked first at the start.</summary>
    public IReadOnlyList<RouteDefinition<T>> Definitions => _definitions;

    /// <summary>The route of a request. Takes no memory, unless the request repeats a header that a rule asks for.</summary>
    public RouteMatch<T> Match(in RouteRequest request)
    {
        var rank = _trees.Find(HostPattern.HostOf(request.Host), request.Path.Key, new RequestTest(request));
        return rank == PathNode.NoRank ? default : new RouteMatch<T>(_definitions[rank], request);
    }

    private readonly struct RequestTest(RouteRequest request) : IRouteTest
    {
        public bool Accepts(RankedRoute route)
        {
            var rule = route.Rule;
            return rule.Methods.Contains(request.Method)
                && (!rule.Template.CaseSensitive || rule.Template.MatchesPath(request.Path.Key))
                && rule.Template.MatchesQuery(request.QueryText)
                && rule.MatchesHeaders(request.Headers);
        }
    }
}
