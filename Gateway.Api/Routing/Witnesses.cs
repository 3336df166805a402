namespace Gateway.Routing;

/// <summary>
/// Paths and queries that a template fits and that together show all it can fit: each placeholder with a text, and where it may be empty,
/// absent or longer than a segment, so too. Another template that fits them all fits everything this one fits.
/// </summary>
internal sealed class Witnesses
{
    /// <summary>Stands for any text: outside ASCII, so no literal text of a template, which is percent-encoded, can hold it.</summary>
    public const string Fresh = "\u03b6";

    /// <summary>Stands for any text in examples for people.</summary>
    public const string Readable = "any";

    private readonly PathTemplate _template;

    public Witnesses(PathTemplate template, string value)
    {
        _template = template;
        All = [.. from path in Paths(template, value) from query in Queries(template, value) select new Witness(path, query)];
    }

    /// <summary>At least one; the plainest first.</summary>
    public IReadOnlyList<Witness> All { get; }

    /// <summary>Whether the other template fits all of them, in whatever case the template of these lets them be written.</summary>
    public bool AllFit(PathTemplate other)
    {
        var eitherCase = other.CaseSensitive && !_template.CaseSensitive;
        foreach (var (path, query) in All)
        {
            if (!other.Matches(path, query)) return false;
            if (eitherCase && !other.Matches(OtherCase(path), OtherCase(query))) return false;
        }
        return true;
    }

    private static IEnumerable<string> Paths(PathTemplate template, string value)
    {
        var start = string.Concat(template.Segments.Select(segment => "/" + segment.Fill(value)));
        if (template.Tail is not { } tail)
        {
            if (start.Length > 0) yield return start;
            if (template.AllowsSlashAtEnd) yield return start + "/";
            yield break;
        }

        string[] texts = [value, $"{value}/{value}", $"{value}/{value}/", $"/{value}", ""];
        foreach (var text in texts) yield return $"{start}/{tail.Fill(text)}";
        if (tail.IsBare && start.Length > 0) yield return start;
    }

    private static string[] Queries(PathTemplate template, string value)
    {
        if (template.Query is null or { IsWhole: true }) return ["", $"{value}={value}&{value}"];
        return template.Query.Placeholders == 0
            ? [template.Query.Fill("")]
            : [template.Query.Fill(value), template.Query.Fill(""), template.Query.Fill($"{value}&{value}={value}")];
    }

    private static string OtherCase(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterLower(c) ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)));
}
