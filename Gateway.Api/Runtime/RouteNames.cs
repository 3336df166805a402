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
        var identity = string.Join('\n', section.Level, NameOf(section),
            section.ReadOwn(UpstreamKeys.UpstreamPathTemplate), section.ReadOwn(UpstreamKeys.UpstreamHost), VerbsOf(section));
        return section.ReadOwn(UpstreamKeys.UpstreamHeaderTemplates) is { } headers
            ? string.Join('\n', headers.Select(h => $"{h.Key}: {h.Value}").Order(StringComparer.OrdinalIgnoreCase).Prepend(identity))
            : identity;
    }

    private static string VerbsOf(RouteSection section) => section.ReadOwn(UpstreamKeys.UpstreamHttpMethod) switch
    {
        null => "",
        [var only] => only.ToUpperInvariant(),
        var verbs => string.Join(',', verbs.Select(v => v.ToUpperInvariant()).Order(StringComparer.Ordinal)),
    };

    private static string? DynamicName(RouteSection section) =>
        section.Level == Levels.DynamicRoute ? ServiceName.Of(section)?.ToString() : null;
}
