namespace Gateway.Configuration;

/// <summary>Which requests an entry is for, as written: what tells two entries apart.</summary>
/// <param name="Template">The upstream template; upper and lower case differ.</param>
/// <param name="Host">The upstream host; null is another one than <c>""</c>, as in Ocelot.</param>
internal sealed record UpstreamIdentity(RouteSection Section, string Template, string? Host)
{
    private HashSet<string>? _verbs;
    private HashSet<string>? _headers;

    /// <returns>Null where the entry has no template to go by.</returns>
    public static UpstreamIdentity? Of(RouteSection section)
    {
        var node = section.Node;
        if (node.Find("UpstreamPathTemplate")?.Value is not ScalarNode { Scalar: ScalarKind.String, Text: { Length: > 0 } template }) return null;
        var host = node.Find("UpstreamHost")?.Value is ScalarNode { Scalar: ScalarKind.String } written ? written.Text.ToUpperInvariant() : null;
        return new UpstreamIdentity(section, template, host);
    }

    /// <summary>The same text for entries with the same path and host.</summary>
    public string Place => Host is null ? Template : $"{Template}\n{Host}";

    // Few entries have a path in common, and only those have to be told apart by more.
    private HashSet<string> Verbs => _verbs ??= VerbsOf(Section.Node);

    private HashSet<string> Headers => _headers ??= HeadersOf(Section.Node);

    /// <summary>
    /// Whether some request would fit both and nothing tells them apart. Two aggregates are twins whatever their verbs; a route without verbs
    /// beside an aggregate is none, for there the route wins and both were accepted ever since (contract 01 §6, rules 7 to 9).
    /// </summary>
    public bool IsTwinOf(UpstreamIdentity other)
    {
        var aggregates = (Section.Level == Levels.Aggregate ? 1 : 0) + (other.Section.Level == Levels.Aggregate ? 1 : 0);
        return aggregates switch
        {
            2 => true,
            1 => (Section.Level == Levels.Aggregate ? other : this).Verbs.Contains("GET"),
            _ => Headers.SetEquals(other.Headers) && (Verbs.Count == 0 || other.Verbs.Count == 0 || Verbs.Overlaps(other.Verbs)),
        };
    }

    /// <summary>The verbs of an entry; empty: any.</summary>
    public static HashSet<string> VerbsOf(ObjectNode entry)
    {
        var verbs = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var node = entry.Find("UpstreamHttpMethod")?.Value;
        foreach (var item in node is ArrayNode array ? array.Items : node is null ? [] : [node])
            if (item is ScalarNode { Text.Length: > 0, Scalar: ScalarKind.String } verb) verbs.Add(verb.Text.Trim());
        return verbs;
    }

    /// <summary>The header templates of an entry, as <c>NAME: value</c>.</summary>
    public static HashSet<string> HeadersOf(ObjectNode entry) =>
        [.. (entry.Find("UpstreamHeaderTemplates")?.Value as ObjectNode)?.Members.Select(m => $"{m.Name.ToUpperInvariant()}: {m.Value}") ?? []];
}
