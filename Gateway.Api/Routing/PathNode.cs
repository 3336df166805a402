namespace Gateway.Routing;

/// <summary>
/// A place in the tree of path segments: what the templates that begin alike have next. Filled while a table is built, best rank first;
/// afterwards only read. Segments are compared ignoring case here; a rule that minds case is checked when it is reached.
/// </summary>
internal sealed class PathNode
{
    public const int NoRank = int.MaxValue;

    // Most places in a large table have one literal below them; only where they have more is a dictionary worth its memory.
    private (string Text, PathNode Node)? _onlyLiteral;
    private Dictionary<string, PathNode>? _literals;
    private Dictionary<string, PathNode>.AlternateLookup<ReadOnlySpan<char>> _literalsBySpan;

    /// <summary>The best rank at or below this place; a walk that has found a better one need not come here.</summary>
    public int Best { get; private set; } = NoRank;

    /// <summary>Rules whose path ends here.</summary>
    public List<RankedRoute>? Ends { get; private set; }

    /// <summary>Rules whose path ends here, with a slash or without.</summary>
    public List<RankedRoute>? SlashEnds { get; private set; }

    /// <summary>Rules that take all that is left, nothing included.</summary>
    public List<RankedRoute>? Rests { get; private set; }

    /// <summary>Rules that take all that is left if it has a certain form.</summary>
    public PatternIndex? Tails { get; private set; }

    /// <summary>What follows a segment that is a lone placeholder.</summary>
    public PathNode? AnySegment { get; private set; }

    /// <summary>What follows a segment that has placeholders inside.</summary>
    public PatternIndex? Patterns { get; private set; }

    /// <summary>What follows a literal segment; null where no template has it.</summary>
    public PathNode? Literal(ReadOnlySpan<char> segment)
    {
        if (_literals is not null) return _literalsBySpan.TryGetValue(segment, out var node) ? node : null;
        return _onlyLiteral is { } only && segment.Equals(only.Text, StringComparison.OrdinalIgnoreCase) ? only.Node : null;
    }

    /// <summary>Adds a rule below this place, which is the root; its rank comes after those that are there.</summary>
    public void Add(RankedRoute route)
    {
        var template = route.Rule.Template;
        var node = this;
        node.Note(route);
        foreach (var segment in template.Segments)
        {
            node = node.Child(segment);
            node.Note(route);
        }

        if (template.Tail is null && template.AllowsSlashAtEnd) (node.SlashEnds ??= []).Add(route);
        else if (template.Tail is null) (node.Ends ??= []).Add(route);
        else if (template.Tail.IsBare) (node.Rests ??= []).Add(route);
        else (node.Tails ??= new PatternIndex()).GetOrAdd(template.Tail).AddEnd(route);
    }

    private void AddEnd(RankedRoute route)
    {
        Note(route);
        (Ends ??= []).Add(route);
    }

    private void Note(RankedRoute route) => Best = Math.Min(Best, route.Rank);

    private PathNode Child(SegmentPattern segment)
    {
        if (segment is { IsBare: true, Placeholders: 1 }) return AnySegment ??= new PathNode();
        if (!segment.IsLiteral) return (Patterns ??= new PatternIndex()).GetOrAdd(segment);

        return Literal(segment.Prefix) ?? AddLiteral(segment.Prefix);
    }

    private PathNode AddLiteral(string text)
    {
        var node = new PathNode();
        if (_literals is not null)
        {
            _literals.Add(text, node);
        }
        else if (_onlyLiteral is { } only)
        {
            _literals = new Dictionary<string, PathNode>(StringComparer.OrdinalIgnoreCase) { { only.Text, only.Node }, { text, node } };
            _literalsBySpan = _literals.GetAlternateLookup<ReadOnlySpan<char>>();
        }
        else
        {
            _onlyLiteral = (text, node);
        }
        return node;
    }
}
