namespace Gateway.Routing;

/// <summary>Says for each rule why it takes one request or does not.</summary>
internal sealed class Explanation<T>(RouteRequest request, RouteMatch<T> match)
{
    /// <param name="definitions">All entries, best rank first.</param>
    public IReadOnlyList<RouteVerdict<T>> Of(IReadOnlyList<RouteDefinition<T>> definitions) =>
        [.. definitions.Where(PathFits).OrderBy(definition => definition.Rule.Host is null).Select(Judge)];

    private bool PathFits(RouteDefinition<T> definition) =>
        definition.Rule.Template.MatchesPath(request.Path.Key, StringComparison.OrdinalIgnoreCase);

    private RouteVerdict<T> Judge(RouteDefinition<T> definition)
    {
        var rule = definition.Rule;
        if (rule.Host is { } host && !host.Matches(HostPattern.HostOf(request.Host)))
            return new(definition, RouteOutcome.OtherHost, $"takes only the host {host}");
        if (!rule.Template.MatchesPath(request.Path.Key))
            return new(definition, RouteOutcome.OtherCase, "minds case (RouteIsCaseSensitive), and the path's differs");
        if (!rule.Methods.Contains(request.Method))
            return new(definition, RouteOutcome.OtherMethod, $"takes only {rule.Methods}");
        if (!rule.Template.MatchesQuery(request.QueryText))
            return new(definition, RouteOutcome.OtherQuery, "the query does not fit what the template has after its '?'");
        if (rule.Headers.FirstOrDefault(header => !header.Matches(request.Headers)) is { } missing)
            return new(definition, RouteOutcome.OtherHeader, $"asks for the header '{missing}'");

        return match.Found && ReferenceEquals(match.Definition, definition)
            ? new(definition, RouteOutcome.Chosen, "is the first that fits")
            : new(definition, RouteOutcome.Outranked, $"fits, but '{match.Rule.Template}' is asked first: {WhyFirst(match.Rule, rule)}");
    }

    private static string WhyFirst(RouteRule chosen, RouteRule other)
    {
        if (chosen.Host is not null && other.Host is null) return "it has a host";
        return chosen.EffectivePriority > other.EffectivePriority
            ? $"its priority is {chosen.EffectivePriority}, here it is {other.EffectivePriority}"
            : "it stands earlier in the file";
    }
}
