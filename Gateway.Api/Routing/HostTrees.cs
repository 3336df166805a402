namespace Gateway.Routing;

/// <summary>One tree of paths for each host and wildcard, and one for no host, which is asked only when those have nothing.</summary>
internal sealed class HostTrees
{
    private readonly Dictionary<string, PathNode> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, PathNode>.AlternateLookup<ReadOnlySpan<char>> _hostsBySpan;
    private readonly Dictionary<string, PathNode> _wildcards = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, PathNode>.AlternateLookup<ReadOnlySpan<char>> _wildcardsBySpan;
    private readonly PathNode _anyHost = new();

    public HostTrees()
    {
        _hostsBySpan = _hosts.GetAlternateLookup<ReadOnlySpan<char>>();
        _wildcardsBySpan = _wildcards.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Adds a rule; its rank comes after those that are there.</summary>
    public void Add(RankedRoute route) => Tree(route.Rule.Host).Add(route);

    /// <summary>The best rank that the test accepts, or <see cref="PathNode.NoRank"/>.</summary>
    /// <param name="host">The host's name without port.</param>
    /// <param name="path">The path in comparable spelling; a target that is no path finds nothing.</param>
    /// <param name="test">Decides on the rules whose host and path fit.</param>
    public int Find<TTest>(ReadOnlySpan<char> host, ReadOnlySpan<char> path, TTest test) where TTest : IRouteTest
    {
        if (path.IsEmpty) return PathNode.NoRank;

        var walk = new PathWalk<TTest>(path, test);
        if (_hosts.Count > 0 && _hostsBySpan.TryGetValue(host, out var tree)) walk.Visit(tree, 0);
        if (_wildcards.Count > 0) VisitWildcards(ref walk, host);

        // Ocelot's rule: a route with a host is taken before one without, even before one of higher priority (contract 02 §1).
        if (walk.Best == PathNode.NoRank) walk.Visit(_anyHost, 0);
        return walk.Best;
    }

    private void VisitWildcards<TTest>(ref PathWalk<TTest> walk, ReadOnlySpan<char> host) where TTest : IRouteTest
    {
        // From 1: '*.example.com' wants something before its dot.
        for (var dot = 1; dot < host.Length; dot++)
        {
            if (host[dot] == '.' && _wildcardsBySpan.TryGetValue(host[dot..], out var tree)) walk.Visit(tree, 0);
        }
    }

    private PathNode Tree(HostPattern? host)
    {
        if (host is null) return _anyHost;

        var trees = host.IsWildcard ? _wildcards : _hosts;
        if (!trees.TryGetValue(host.Name, out var tree)) trees.Add(host.Name, tree = new PathNode());
        return tree;
    }
}
