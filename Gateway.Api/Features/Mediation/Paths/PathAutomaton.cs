using System.Globalization;
using System.Text;

namespace Gateway.Features.Mediation.Paths;

/// <summary>
/// Makes one deterministic automaton of several paths (the subset construction). A state is a set of pairs: a path, and how many of its
/// segments are behind.
/// </summary>
internal sealed class PathAutomaton
{
    /// <summary>Paths that combine to more states than this are refused: thousands of <c>..name.name</c> in one step.</summary>
    private const int MaxStates = 20_000;

    private readonly IReadOnlyList<JsonPath> _paths;
    private readonly Dictionary<string, PathState> _known = new(StringComparer.Ordinal);
    private readonly Queue<(Position[] Positions, PathState State)> _open = new();

    private PathAutomaton(IReadOnlyList<JsonPath> paths) => _paths = paths;

    private readonly record struct Position(int Path, int Done);

    /// <summary>The state of the body itself. Paths are numbered by their place in the list.</summary>
    public static PathState Compile(IReadOnlyList<JsonPath> paths)
    {
        var automaton = new PathAutomaton(paths);
        var root = automaton.StateOf([.. paths.Select((_, i) => new Position(i, 0))]);
        while (automaton._open.TryDequeue(out var next)) automaton.Define(next.Positions, next.State);
        return root;
    }

    private PathState StateOf(IEnumerable<Position> positions)
    {
        var set = positions.Distinct().OrderBy(p => p.Path).ThenBy(p => p.Done).ToArray();
        var key = new StringBuilder();
        foreach (var (path, done) in set) key.Append(CultureInfo.InvariantCulture, $"{path}:{done} ");
        var text = key.ToString();
        if (_known.TryGetValue(text, out var state)) return state;
        if (_known.Count == MaxStates) throw new NotSupportedException("The paths of this step combine to too many cases.");
        state = new PathState();
        _known.Add(text, state);
        _open.Enqueue((set, state));
        return state;
    }

    private void Define(Position[] positions, PathState state)
    {
        var going = positions.Where(p => p.Done < _paths[p.Path].Segments.Count).ToArray();
        var staying = going.Where(p => SegmentAt(p).AnyDepth).ToArray();

        var names = going.Where(p => SegmentAt(p).Name is not null).Select(p => SegmentAt(p).Name!).Distinct().ToArray();
        var edges = names.Select((name, i) => new NameEdge(i, name, Encoding.UTF8.GetBytes(name),
            StateOf(staying.Concat(going.Where(p => SegmentAt(p).Name == name).Select(Forward))))).ToArray();

        var elements = going.Where(p => SegmentAt(p).Name is null).ToArray();
        var indexes = elements.Select(p => SegmentAt(p).Index).OfType<int>().Distinct().ToArray();
        var fromStart = indexes.Where(i => i >= 0).Append(-1); // -1: any index that no path names
        var fromEnd = indexes.Where(i => i < 0).Append(0).ToArray(); // 0: any that no path names from the end
        var targets = new Dictionary<(int, int), PathState>();
        foreach (var start in fromStart)
            foreach (var end in fromEnd)
                targets[(start, end)] = StateOf(staying.Concat(elements
                    .Where(p => SegmentAt(p) is { Index: null } || (start >= 0 && SegmentAt(p).Index == start) || (end < 0 && SegmentAt(p).Index == end))
                    .Select(Forward)));

        var matches = positions.Where(p => p.Done == _paths[p.Path].Segments.Count).Select(p => p.Path).ToArray();
        state.Define(matches, going.Length == 0, elements.Length > 0, edges, StateOf(staying), targets);
    }

    private PathSegment SegmentAt(Position position) => _paths[position.Path].Segments[position.Done];

    private static Position Forward(Position position) => position with { Done = position.Done + 1 };
}
