namespace Gateway.Routing;

/// <summary>
/// A search for the best rule in a tree of paths. It follows the path's segments, literal text first, and leaves out every place below
/// which nothing better than what it has can be.
/// </summary>
/// <param name="path">The path in comparable spelling; begins with a slash.</param>
/// <param name="test">Decides on the rules that are reached.</param>
internal ref struct PathWalk<TTest>(ReadOnlySpan<char> path, TTest test) where TTest : IRouteTest
{
    private readonly ReadOnlySpan<char> _path = path;
    private readonly TTest _test = test;

    /// <summary>The rank found so far.</summary>
    public int Best { get; private set; } = PathNode.NoRank;

    public readonly bool CanImprove(PathNode node) => node.Best < Best;

    /// <summary>Goes on at a place that the path has reached with the text before <paramref name="position"/>.</summary>
    public void Visit(PathNode node, int position)
    {
        if (!CanImprove(node)) return;

        var rest = _path[position..];
        if (rest.IsEmpty) Try(node.Ends);
        if (rest.Length <= 1) Try(node.SlashEnds);
        Try(node.Rests);
        if (rest.Length <= 1) return;

        var start = position + 1;
        var length = rest[1..].IndexOf('/');
        var end = length < 0 ? _path.Length : start + length;
        if (end > start)
        {
            var segment = _path[start..end];
            if (node.Literal(segment) is { } literal) Visit(literal, end);
            node.Patterns?.Follow(ref this, segment, shortest: 1, end);
            if (node.AnySegment is { } any) Visit(any, end);
        }
        node.Tails?.Follow(ref this, _path[start..], shortest: 0, _path.Length);
    }

    private void Try(List<RankedRoute>? routes)
    {
        if (routes is null) return;

        foreach (var route in routes)
        {
            if (route.Rank >= Best) return;
            if (!_test.Accepts(route)) continue;
            Best = route.Rank;
            return;
        }
    }
}
