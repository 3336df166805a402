using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Gateway.Routing;

/// <summary>
/// An <c>UpstreamPathTemplate</c>: which paths, and where it has a <c>?</c> which queries, it fits, and what its placeholders stand for
/// (contract 02 §2 and §3, the table in this folder's README). Immutable.
/// </summary>
internal sealed class PathTemplate
{
    private readonly StringComparison _comparison;

    private PathTemplate(string text, bool caseSensitive, List<TemplatePart> parts)
    {
        Text = text;
        CaseSensitive = caseSensitive;
        _comparison = caseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        Names = [.. parts.Where(part => part.IsPlaceholder).Select(part => part.Text)];

        var (path, query) = TemplateReader.SplitQuery(parts);
        Query = query is null ? null : new QueryPattern(query);

        var segments = TemplateReader.SplitSegments(path);
        var endsWithSlash = segments[^1].Count == 0;
        if (endsWithSlash) segments.RemoveAt(segments.Count - 1);
        AllowsSlashAtEnd = endsWithSlash || Query is not null;

        var patterns = segments.Select(segment => new SegmentPattern(segment)).ToList();
        if (!AllowsSlashAtEnd && patterns[^1] is { IsLiteral: false } tail)
        {
            Tail = tail;
            patterns.RemoveAt(patterns.Count - 1);
        }
        Segments = [.. patterns];
    }

    /// <summary>The template as written.</summary>
    public string Text { get; }

    public bool CaseSensitive { get; }

    /// <summary>Names of the placeholders, in order: first the path's, then the query's.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The segments that each stand for one segment of a path.</summary>
    public ImmutableArray<SegmentPattern> Segments { get; }

    /// <summary>A last segment with placeholders, which takes all that is left of a path, slashes too; null where there is none.</summary>
    public SegmentPattern? Tail { get; }

    /// <summary>Whether a path may end with a slash or not; otherwise it has none there.</summary>
    public bool AllowsSlashAtEnd { get; }

    /// <summary>What the query must look like; null where it does not matter.</summary>
    public QueryPattern? Query { get; }

    /// <summary><c>/{everything}</c> fits every path; its priority is 0 whatever the file says (contract 02 §2).</summary>
    public bool IsCatchAll => Segments.Length == 0 && Tail is { IsBare: true, Placeholders: 1 };

    /// <summary>Reads a template; where it has faults they are added, all of them, and there is none.</summary>
    public static bool TryParse(
        string text, bool caseSensitive, [NotNullWhen(true)] out PathTemplate? template, ICollection<TemplateFault> faults)
    {
        var parts = TemplateReader.Read(text, faults);
        if (parts is not null && HasDotSegment(text))
        {
            faults.Add(new(0, $"the template '{text}' holds a '.' or '..' segment", "Write the path that is meant; requests have none"));
            parts = null;
        }
        template = parts is null ? null : new PathTemplate(text, caseSensitive, parts);
        return template is not null;
    }

    /// <summary>Whether path and query fit; the values' places go to <paramref name="values"/>, which has room for each name.</summary>
    /// <param name="key">The path in comparable spelling; places of values in the path refer to it.</param>
    /// <param name="query">The raw query after its <c>?</c>; places of values in the query refer to it.</param>
    public bool Matches(ReadOnlySpan<char> key, ReadOnlySpan<char> query, Span<Slice> values = default) =>
        MatchesPath(key, values) && MatchesQuery(query, values);

    public bool MatchesPath(ReadOnlySpan<char> key, Span<Slice> values = default) => MatchesPath(key, _comparison, values);

    public bool MatchesPath(ReadOnlySpan<char> key, StringComparison comparison, Span<Slice> values = default)
    {
        var position = 0;
        foreach (var segment in Segments)
        {
            if (position == key.Length || key[position] != '/') return false;

            var start = position + 1;
            var length = key[start..].IndexOf('/');
            position = length < 0 ? key.Length : start + length;
            if (!segment.Matches(key[start..position], comparison, shortest: 1, values, start)) return false;
            if (!values.IsEmpty) values = values[segment.Placeholders..];
        }

        var rest = key[position..];
        if (Tail is null) return rest.IsEmpty ? Segments.Length > 0 : rest is "/" && AllowsSlashAtEnd;
        if (rest.IsEmpty) return Tail.IsBare && Segments.Length > 0 && Tail.Matches("", comparison, shortest: 0, values, position);
        return rest[0] == '/' && Tail.Matches(rest[1..], comparison, shortest: 0, values, position + 1);
    }

    public bool MatchesQuery(ReadOnlySpan<char> query, Span<Slice> values = default) =>
        Query is null || Query.Matches(query, _comparison, values.IsEmpty ? values : values[^Query.Placeholders..]);

    /// <summary>Whether a name, by its place in <see cref="Names"/>, belongs to the query.</summary>
    public bool IsInQuery(int name) => Query is not null && name >= Names.Count - Query.Placeholders;

    public override string ToString() => Text;

    private static bool HasDotSegment(string text)
    {
        var query = text.IndexOf('?');
        var path = query < 0 ? text : text[..query];
        return path.AsSpan().ContainsAny('.', '%') && DotSegments.Occur(PercentEncoding.CanonicalPath(path));
    }
}
