using Gateway.Routing;

namespace Gateway.Runtime;

/// <summary>The verbs for which a path has a route: the <c>Allow</c> of a 405 (RFC 9110 §15.5.6). Off the hot path.</summary>
internal static class AllowedMethods
{
    /// <returns>The verbs, joined by commas; empty where the path has no route for any of them.</returns>
    public static string Of<T>(RouteTable<T> table, RouteRequest request) => string.Join(", ", table.Definitions
        .SelectMany(d => d.Rule.Methods.Names)
        .Distinct()
        .Where(method => table.Match(request with { Method = method }).Found));
}
