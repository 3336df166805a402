namespace Gateway.Features.Mediation.Formats;

/// <summary>Fields of a format: a path of names from the root (<c>Envelope.Body.city</c>), or without a dot a name at any depth (A28).</summary>
internal sealed class FieldSet(IEnumerable<string> entries)
{
    public static readonly FieldSet Empty = new([]);

    private readonly HashSet<string> _entries = new(entries, StringComparer.Ordinal);

    public bool IsEmpty => _entries.Count == 0;

    public bool Contains(string name, string path) => _entries.Count > 0 && (_entries.Contains(name) || _entries.Contains(path));
}
