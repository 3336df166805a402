using System.Text;
using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Paths;

/// <summary>
/// How far some value is along each of several paths. All the paths of a step are one automaton, so that a name is looked at once, however
/// many paths there are, and what none of them can reach is known at once.
/// </summary>
internal sealed class PathState
{
    private const int Buckets = 16;

    private NameEdge[] _names = [];
    private NameEdge[][]? _byLength;
    private Dictionary<(int FromStart, int FromEnd), PathState> _elements = [];
    private PathState? _everyElement; // where no path tells one element from another

    /// <summary>The paths that end here, by their number.</summary>
    public int[] Matches { get; private set; } = [];

    public bool IsMatch => Matches.Length > 0;

    /// <summary>Whether no path goes on from here.</summary>
    public bool IsEnd { get; private set; }

    /// <summary>Whether no path ends here or goes on from here.</summary>
    public bool IsDead => IsEnd && Matches.Length == 0;

    /// <summary>The names that a path goes on with.</summary>
    public IReadOnlyList<NameEdge> Names => _names;

    /// <summary>Whether a path goes on with an element.</summary>
    public bool HasElements { get; private set; }

    /// <summary>Where every name leads that no path asks for.</summary>
    public PathState Other { get; private set; } = null!;

    /// <summary>Which of <see cref="Names"/> this is, or -1.</summary>
    public int Find(in JsonToken name)
    {
        if (_names.Length == 0) return -1;
        return name.Escaped ? Find(Encoding.UTF8.GetBytes(name.ReadString())) : Find(name.Raw);
    }

    public PathState Next(int name) => name < 0 ? Other : _names[name].Target;

    /// <param name="index">The element, from 0.</param>
    /// <param name="count">How many elements the array has, or -1 when that isn't known.</param>
    public PathState Element(int index, int count)
    {
        if (_everyElement is not null) return _everyElement;
        var start = _elements.ContainsKey((index, 0)) ? index : -1;
        var fromEnd = count < 0 ? 0 : index - count;
        return _elements.TryGetValue((start, fromEnd), out var element) ? element : _elements[(start, 0)];
    }

    public void Define(int[] matches, bool isEnd, bool hasElements, IReadOnlyList<NameEdge> names, PathState other,
        Dictionary<(int FromStart, int FromEnd), PathState> elements)
    {
        Matches = matches;
        IsEnd = isEnd;
        HasElements = hasElements;
        _names = [.. names];
        Other = other;
        _elements = elements;
        if (elements.Count == 1) _everyElement = elements[(-1, 0)];
        if (names.Count <= 4) return;
        _byLength = new NameEdge[Buckets][];
        for (var i = 0; i < Buckets; i++) _byLength[i] = [.. names.Where(n => n.Utf8.Length % Buckets == i)];
    }

    private int Find(ReadOnlySpan<byte> name)
    {
        if (_byLength is not null)
        {
            foreach (var edge in _byLength[name.Length % Buckets])
                if (name.SequenceEqual(edge.Utf8)) return edge.Place;
            return -1;
        }
        var names = _names;
        for (var i = 0; i < names.Length; i++)
            if (name.SequenceEqual(names[i].Utf8)) return i;
        return -1;
    }
}
