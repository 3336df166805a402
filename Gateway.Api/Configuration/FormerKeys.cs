namespace Gateway.Configuration;

/// <summary>Keys of Ocelot versions long gone, which Ocelot 25 ignores in silence, and what to write in their place (contract 00).</summary>
internal static class FormerKeys
{
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ReRoutes"] = "Routes",
        ["DynamicReRoutes"] = "DynamicRoutes",
        ["AggregateRoutes"] = "Aggregates",
        ["ReRouteKeys"] = "RouteKeys",
        ["ReRouteKeysConfig"] = "RouteKeysConfig",
        ["ReRouteIsCaseSensitive"] = "RouteIsCaseSensitive",
        ["UpstreamTemplate"] = "UpstreamPathTemplate",
    };

    private static readonly Dictionary<string, string> Replaced = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UseServiceDiscovery"] = "Remove it: a route with 'ServiceName' uses service discovery",
        ["DownstreamHost"] = "Write \"DownstreamHostAndPorts\": [ { \"Host\": …, \"Port\": … } ]",
        ["DownstreamPort"] = "Write \"DownstreamHostAndPorts\": [ { \"Host\": …, \"Port\": … } ]",
        ["DownstreamTemplate"] = "Write 'DownstreamPathTemplate', 'DownstreamScheme' and 'DownstreamHostAndPorts'",
        ["RateLimiting"] = "Write 'RateLimitOptions'; this draft was never read",
        ["LoadBalancer"] = "Write \"LoadBalancerOptions\": { \"Type\": … }",
    };

    /// <summary>What to write instead; null where the name was never a key.</summary>
    public static string? Instead(string name) => RenamedTo(name) is { } present ? $"Write '{present}'" : Replaced.GetValueOrDefault(name);

    /// <summary>The present name of a key that only its name has changed of; null for any other.</summary>
    public static string? RenamedTo(string name) => Renamed.GetValueOrDefault(name);
}
