namespace Gateway.Routing;

/// <summary>
/// Patterns with placeholders inside, such as <c>orders({id})</c>, found by the literal text before the first and after the last
/// placeholder. So a text meets only patterns that begin and end like it, however many there are.
/// </summary>
internal sealed class PatternIndex
{
    private readonly LengthIndex<LengthIndex<List<Entry>>> _byPrefix = new();
    private readonly Dictionary<string, PathNode> _byShape = [];

    /// <summary>What follows the pattern; the same for patterns that differ only in case and in their placeholders' names.</summary>
    public PathNode GetOrAdd(SegmentPattern pattern)
    {
        if (_byShape.TryGetValue(pattern.Shape, out var node)) return node;

        node = new PathNode();
        _byShape.Add(pattern.Shape, node);
        _byPrefix.GetOrAdd(pattern.Prefix).GetOrAdd(pattern.Suffix).Add(new Entry(pattern, node));
        return node;
    }

    /// <summary>Goes on, at <paramref name="next"/>, behind each pattern that the text matches.</summary>
    public void Follow<TTest>(ref PathWalk<TTest> walk, ReadOnlySpan<char> text, int shortest, int next) where TTest : IRouteTest
    {
        foreach (var prefix in _byPrefix.Lengths)
        {
            if (prefix > text.Length) break;
            if (_byPrefix.Find(text[..prefix]) is not { } bySuffix) continue;

            foreach (var suffix in bySuffix.Lengths)
            {
                if (suffix > text.Length - prefix) break;
                if (bySuffix.Find(text[^suffix..]) is not { } entries) continue;

                foreach (var entry in entries)
                {
                    if (walk.CanImprove(entry.Node) && entry.Pattern.Matches(text, StringComparison.OrdinalIgnoreCase, shortest))
                        walk.Visit(entry.Node, next);
                }
            }
        }
    }

    private readonly record struct Entry(SegmentPattern Pattern, PathNode Node);

    /// <summary>A dictionary that also knows which lengths its keys have, shortest first.</summary>
    private sealed class LengthIndex<TValue> where TValue : class, new()
    {
        private readonly Dictionary<string, TValue> _values = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, TValue>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
        private readonly List<int> _lengths = [];

        public LengthIndex() => _bySpan = _values.GetAlternateLookup<ReadOnlySpan<char>>();

        public List<int> Lengths => _lengths;

        public TValue? Find(ReadOnlySpan<char> key) => _bySpan.TryGetValue(key, out var value) ? value : null;

        public TValue GetOrAdd(string key)
        {
            if (_values.TryGetValue(key, out var value)) return value;

            var place = _lengths.BinarySearch(key.Length);
            if (place < 0) _lengths.Insert(~place, key.Length);
            _values.Add(key, value = new TValue());
            return value;
        }
    }
}
