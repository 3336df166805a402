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

    /// <summary>The verbs with which a request that found no route would find one, in alphabetical order (RFC 9110 §10.2.1).</summary>
    public IReadOnlyList<string> AllowedMethods(in RouteRequest request)
    {
        var methods = new SortedSet<string>(StringComparer.Ordinal);
        _trees.Find(HostPattern.HostOf(request.Host), request.Path.Key, new MethodsOf(request, methods));
        return [.. methods];
    }

    /// <summary>
    /// All entries whose path fits, ignoring case, in the order in which they are asked, each with what became of it. Goes through the
    /// whole table: made for people, not for every request.
    /// </summary>
    public IReadOnlyList<RouteVerdict<T>> Explain(in RouteRequest request) => new Explanation<T>(request, Match(request)).Of(_definitions);

    /// <summary>Entries that are never reached, in the order in which they are asked.</summary>
    public IReadOnlyList<Shadow<T>> FindShadows()
    {
        var search = new ShadowSearch(_trees, _routes);
        var shadows = new List<Shadow<T>>();
        foreach (var route in _routes)
        {
            if (search.FindHider(route) is { } hider)
                shadows.Add(new Shadow<T>(_definitions[route.Rank], _definitions[hider.Rank], search.Example(route, hider)));
        }
        return shadows;
    }

    /// <summary>What is left to ask of a rule whose host, path (ignoring case) and method fit.</summary>
    private static bool FitsApartFromMethod(RouteRule rule, in RouteRequest request) =>
        (!rule.Template.CaseSensitive || rule.Template.MatchesPath(request.Path.Key))
        && rule.Template.MatchesQuery(request.QueryText)
        && rule.MatchesHeaders(request.Headers);

    private readonly struct RequestTest(RouteRequest request) : IRouteTest
    {
        public bool Accepts(RankedRoute route)
        {
            var rule = route.Rule;
            return rule.Methods.Contains(request.Method) && FitsApartFromMethod(rule, request);
        }
    }

    /// <summary>Notes the verbs of all rules that fit and accepts none, so that the walk passes them all.</summary>
    private readonly struct MethodsOf(RouteRequest request, SortedSet<string> methods) : IRouteTest
    {
        public bool Accepts(RankedRoute route)
        {
            if (FitsApartFromMethod(route.Rule, request)) methods.UnionWith(route.Rule.Methods.Names);
            return false;
        }
    }
}
