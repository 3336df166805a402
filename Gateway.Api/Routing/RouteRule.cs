namespace Gateway.Routing;

/// <summary>Which requests a route takes. Immutable.</summary>
internal sealed record RouteRule(PathTemplate Template)
{
    /// <summary>Null for any host.</summary>
    public HostPattern? Host { get; init; }

    public MethodSet Methods { get; init; } = MethodSet.Any;

    /// <summary>All of these must match.</summary>
    public IReadOnlyList<HeaderTemplate> Headers { get; init; } = [];

    /// <summary>As configured; 1 where the file says nothing.</summary>
    public int Priority { get; init; } = 1;

    /// <summary>The priority that counts: a lone <c>/{everything}</c> has 0.</summary>
    public int EffectivePriority => Template.IsCatchAll ? 0 : Priority;

    /// <summary>Names that a <c>DownstreamPathTemplate</c> may use: captured from the path, the query or a header.</summary>
    public IEnumerable<string> PlaceholderNames => Template.Names.Concat(Headers.SelectMany(header => header.Names)).Distinct();

    public bool MatchesHeaders(IHeaderDictionary headers)
    {
        for (var i = 0; i < Headers.Count; i++)
        {
            if (!Headers[i].Matches(headers)) return false;
        }
        return true;
    }
}
