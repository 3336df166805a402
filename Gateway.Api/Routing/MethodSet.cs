using System.Buffers;

namespace Gateway.Routing;

/// <summary>An <c>UpstreamHttpMethod</c>: verbs, compared ignoring case, or any verb where the list is empty. Immutable.</summary>
internal sealed class MethodSet
{
    // RFC 9110 §5.6.2: what a token, and so a verb, is made of.
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private readonly string[] _names;

    private MethodSet(string[] names) => _names = names;

    public static MethodSet Any { get; } = new([]);

    /// <summary>The verbs in capitals, as given; empty for any verb.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Reads a list of verbs; spaces around them don't count (contract 02 §1).</summary>
    public static bool TryParse(IEnumerable<string> texts, out MethodSet methods, ICollection<TemplateFault> faults)
    {
        var before = faults.Count;
        var names = new List<string>();
        foreach (var text in texts)
        {
            var name = text.Trim();
            if (name.Length == 0)
                faults.Add(new(0, "a method is empty", "Remove it; an empty list is any method"));
            else if (name.AsSpan().ContainsAnyExcept(Token))
                faults.Add(new(0, $"'{text}' is no HTTP method", "Write one method for each entry"));
            else if (!names.Contains(name.ToUpperInvariant()))
                names.Add(name.ToUpperInvariant());
        }
        methods = faults.Count == before ? new MethodSet([.. names]) : Any;
        return faults.Count == before;
    }

    public bool Contains(string method)
    {
        if (_names.Length == 0) return true;

        foreach (var name in _names)
        {
            if (name.Equals(method, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    /// <summary>Whether this has every verb of the other.</summary>
    public bool Covers(MethodSet other) => _names.Length == 0 || (other._names.Length > 0 && Array.TrueForAll(other._names, Contains));

    public override string ToString() => _names.Length == 0 ? "any method" : string.Join(", ", _names);
}
