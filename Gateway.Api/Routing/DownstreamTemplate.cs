using System.Diagnostics.CodeAnalysis;

namespace Gateway.Routing;

/// <summary>
/// A <c>DownstreamPathTemplate</c>: makes the path and query that the service gets (contract 02 §5). Dot segments in a value go back no
/// further than the template's own text before it. Immutable.
/// </summary>
internal sealed class DownstreamTemplate
{
    private readonly Piece[] _path;
    private readonly TemplatePart[]? _query;
    private readonly bool _keepsQuery;

    private DownstreamTemplate(string text, IReadOnlyList<string> names, Piece[] path, TemplatePart[]? query, bool keepsQuery = false)
    {
        _keepsQuery = keepsQuery;
        Text = text;
        Names = names;
        _path = path;
        _query = query;
    }

    /// <summary>The template as written.</summary>
    public string Text { get; }

    /// <summary>Names of the placeholders, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads a template; where it has faults they are added, all of them, and there is none.</summary>
    /// <param name="text">The template.</param>
    /// <param name="known">The names that have a value when a URL is built: captured ones and those that features set.</param>
    /// <param name="template">The template.</param>
    /// <param name="faults">Receives what is wrong.</param>
    public static bool TryParse(
        string text, IReadOnlySet<string> known, [NotNullWhen(true)] out DownstreamTemplate? template, ICollection<TemplateFault> faults)
    {
        template = null;
        if (TemplateReader.Read(text, faults) is not { } parts) return false;

        string[] names = [.. parts.Where(part => part.IsPlaceholder).Select(part => part.Text)];
        var before = faults.Count;
        foreach (var name in names)
        {
            if (known.Contains(name)) continue;
            var offset = text.IndexOf($"{{{name}}}", StringComparison.Ordinal);
            faults.Add(new(offset, $"nothing gives the placeholder '{{{name}}}' a value", Remedy(name, known)));
        }
        if (faults.Count > before) return false;

        var (path, query) = TemplateReader.SplitQuery(parts);
        var pieces = Pieces(TemplateReader.SplitSegments(path));
        template = new DownstreamTemplate(text, names, pieces, query is null ? null : [.. query.Select(AsQuery)]);
        return true;
    }

    /// <summary>This template with the path of another before its own, leaving the client's query as it is, whatever its parameters are called.</summary>
    public DownstreamTemplate Behind(DownstreamTemplate before) =>
        new(before.Text + Text, [.. before.Names, .. Names], [.. before._path, .. _path], _query, keepsQuery: true);

    /// <summary>Makes path and query for one request.</summary>
    /// <param name="values">A value for each of <see cref="Names"/>; others only matter as names of query parameters to leave out.</param>
    /// <param name="requestPath">The client's path; tells whether a slash at the end is wanted.</param>
    /// <param name="requestQuery">The client's raw query, with its <c>?</c> or empty.</param>
    public DownstreamTarget Build(RouteValues values, string requestPath, string requestQuery) =>
        new(BuildPath(values, requestPath), BuildQuery(values, requestQuery));

    public override string ToString() => Text;

    private string BuildPath(RouteValues values, string requestPath)
    {
        if (_path is [{ Parts: null } only] && !MustTrim(only.Text, requestPath)) return only.Text;

        var buffer = new TextBuffer(stackalloc char[256]);
        for (var i = 0; i < _path.Length; i++)
        {
            var start = buffer.Length;
            buffer.Append(_path[i].Text);
            if (_path[i].Parts is not { } parts) continue;

            foreach (var part in parts)
            {
                if (part.IsPlaceholder) values.AppendToPath(ref buffer, part.Text);
                else buffer.Append(part.Text);
            }
            SettleDots(ref buffer, start, _path[i].Floor, isEnd: i == _path.Length - 1);
        }

        if (MustTrim(buffer.Written, requestPath)) buffer.Truncate(Math.Max(1, buffer.Written.TrimEnd('/').Length));
        return buffer.Finish();
    }

    /// <summary>
    /// Takes the meaning from dot segments that values made. A value with slashes is resolved within itself, as Ocelot does. One that is a
    /// dot segment would take its place out of the path, so that the next value stood for it (<c>/users/{id}/{rest}</c>); it is text, and
    /// since servers read <c>%2E</c> as a dot, it is sent as the text <c>%2E</c>.
    /// </summary>
    private static void SettleDots(ref TextBuffer buffer, int start, int floor, bool isEnd)
    {
        var segment = buffer.Written[start..];
        if (segment is "/." or "/..")
        {
            buffer.Truncate(start + 1);
            for (var dot = 1; dot < segment.Length; dot++) buffer.Append("%252E");
        }
        else
        {
            buffer.Truncate(start + DotSegments.Resolve(segment, floor, isEnd));
        }
    }

    /// <summary>
    /// Whether slashes at the end go: an empty value at the end of <c>/d/{x}</c> leaves one that the client did not send. Ocelot looks at
    /// the whole template, so with a query they stay (contract 02 §5).
    /// </summary>
    private bool MustTrim(ReadOnlySpan<char> path, string requestPath) =>
        _query is null && path.EndsWith('/') && !requestPath.EndsWith('/');

    private string BuildQuery(RouteValues values, string requestQuery)
    {
        // Ocelot eats every '?' at the start: '/a??x' asks for '?x', '/a?' for nothing.
        var query = requestQuery.AsSpan().TrimStart('?');
        if (_query is null)
        {
            if (query.IsEmpty) return "";
            return values.IsEmpty || _keepsQuery ? QueryMerge.Whole(requestQuery) : QueryMerge.Without(values, requestQuery);
        }

        var buffer = new TextBuffer(stackalloc char[256]);
        buffer.Append('?');
        foreach (var part in _query)
        {
            if (part.IsPlaceholder) values.AppendToQuery(ref buffer, part.Text);
            else buffer.Append(part.Text);
        }

        var template = buffer.Finish();
        if (!query.IsEmpty) return QueryMerge.Merge(template.AsSpan(1), values, query);
        return template == "?" ? "" : template;
    }

    private static string Remedy(string name, IReadOnlySet<string> known)
    {
        var otherCase = known.FirstOrDefault(other => other.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (otherCase is not null) return $"Write '{{{otherCase}}}'; names are compared exactly";

        var list = string.Join(", ", known.Order(StringComparer.Ordinal).Select(other => $"'{{{other}}}'"));
        var place = $"'{{{name}}}' to the UpstreamPathTemplate";
        return list.Length == 0 ? $"Add {place}" : $"Use one of {list}, or add {place}";
    }

    private static TemplatePart AsQuery(TemplatePart part) =>
        part.IsPlaceholder ? part : part with { Text = PercentEncoding.ValidQuery(part.Text) };

    /// <summary>Joins literal segments to one text; resolves the template's own dot segments.</summary>
    private static Piece[] Pieces(List<List<TemplatePart>> segments)
    {
        var pieces = new List<Piece>();
        foreach (var segment in Resolved(segments))
        {
            if (segment.Exists(part => part.IsPlaceholder)) pieces.Add(new Piece("/", [.. segment]));
            else if (pieces is [.., { Parts: null } last]) pieces[^1] = last with { Text = last.Text + Literal(segment) };
            else pieces.Add(new Piece(Literal(segment), null));
        }
        return [.. pieces];
    }

    private static string Literal(List<TemplatePart> segment) => segment is [var only] ? "/" + only.Text : "/" + string.Concat(segment.Select(part => part.Text));

    private static List<List<TemplatePart>> Resolved(List<List<TemplatePart>> segments)
    {
        var resolved = new List<List<TemplatePart>>();
        for (var i = 0; i < segments.Count; i++)
        {
            var segment = segments[i];
            for (var p = 0; p < segment.Count; p++)
                if (!segment[p].IsPlaceholder) segment[p] = segment[p] with { Text = PercentEncoding.CanonicalPath(segment[p].Text) };
            if (segment is not [{ IsPlaceholder: false, Text: "." or ".." }])
            {
                resolved.Add(segment);
                continue;
            }

            if (segment[0].Text == ".." && resolved.Count > 0) resolved.RemoveAt(resolved.Count - 1);
            if (i == segments.Count - 1) resolved.Add([]);
        }
        return resolved;
    }

    /// <summary>Either literal text over whole segments, or one segment: a slash and its parts.</summary>
    private readonly record struct Piece(string Text, TemplatePart[]? Parts)
    {
        /// <summary>How much of the segment is the template's own and stays: its slash and, in <c>/public{x}</c>, more.</summary>
        public int Floor => Parts is [{ IsPlaceholder: false, Text: not ("." or "..") } first, ..] ? 1 + first.Text.Length : 0;
    }
}
