namespace Gateway.Configuration;

/// <summary>Keys of Ocelot versions long gone, which Ocelot 25 ignores in silence, and what to write in their place (contract 00).</summary>
internal static class FormerKeys
{
    private static readonly Dictionary<string, string> Table = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ReRoutes"] = "Write 'Routes'",
        ["DynamicReRoutes"] = "Write 'DynamicRoutes'",
        ["ReRouteKeys"] = "Write 'RouteKeys'",
        ["ReRouteKeysConfig"] = "Write 'RouteKeysConfig'",
        ["ReRouteIsCaseSensitive"] = "Write 'RouteIsCaseSensitive'",
        ["AggregateRoutes"] = "Write 'Aggregates'",
        ["UseServiceDiscovery"] = "Remove it: a route with 'ServiceName' uses service discovery",
        ["DownstreamHost"] = "Write \"DownstreamHostAndPorts\": [ { \"Host\": …, \"Port\": … } ]",
        ["DownstreamPort"] = "Write \"DownstreamHostAndPorts\": [ { \"Host\": …, \"Port\": … } ]",
        ["DownstreamTemplate"] = "Write 'DownstreamPathTemplate', 'DownstreamScheme' and 'DownstreamHostAndPorts'",
        ["UpstreamTemplate"] = "Write 'UpstreamPathTemplate'",
        ["LoadBalancer"] = "Write \"LoadBalancerOptions\": { \"Type\": … }",
    };

    public static string? Instead(string name) => Table.GetValueOrDefault(name);
}
