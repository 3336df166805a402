using Gateway.Configuration;
using Gateway.Runtime.Dynamic;

namespace Gateway.Runtime;

/// <summary>How an entry is called, and what tells it from all others.</summary>
internal static class RouteNames
{
    public static string NameOf(RouteSection section) =>
        section.Key ?? section.ReadOwn(UpstreamKeys.UpstreamPathTemplate) ?? DynamicName(section) ?? section.Path;

    // Routes may share a name, being one path for several verbs, or a group under one key; and an aggregate may stand beside a route.
    public static string IdentityOf(RouteSection section)
    {
        if (section.Level == Levels.DynamicRoute) return $"dynamic\n{DynamicName(section)}";
        var verbs = (section.ReadOwn(UpstreamKeys.UpstreamHttpMethod) ?? []).Select(v => v.ToUpperInvariant()).Order(StringComparer.Ordinal);
        var headers = (section.ReadOwn(UpstreamKeys.UpstreamHeaderTemplates) ?? new Dictionary<string, string>())
            .Select(h => $"{h.Key}: {h.Value}").Order(StringComparer.OrdinalIgnoreCase);
        return string.Join('\n',
        [
            section.Level.ToString(), NameOf(section), section.ReadOwn(UpstreamKeys.UpstreamPathTemplate), section.ReadOwn(UpstreamKeys.UpstreamHost),
            string.Join(',', verbs), .. headers,
        ]);
    }

    private static string? DynamicName(RouteSection section) =>
        section.Level == Levels.DynamicRoute ? ServiceName.Of(section)?.ToString() : null;
}
