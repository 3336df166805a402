using Gateway.Configuration;

namespace Gateway.Features.Cors;

/// <summary>
/// Which pages of other origins may read a route's answers (Fetch standard, CORS protocol). Our extension; a route's values win over the
/// global ones, property by property.
/// </summary>
internal sealed record CorsOptions
{
    /// <summary>Origins such as <c>https://shop.example</c> or <c>https://*.shop.example</c>; <c>*</c> for all. Required.</summary>
    public IReadOnlyList<string>? Origins { get; init; }

    /// <summary>Methods a page may use. Default, and <c>*</c>: whatever the route serves.</summary>
    public IReadOnlyList<string>? Methods { get; init; }

    /// <summary>Request headers a page may set. Default, and <c>*</c>: any, <c>Authorization</c> included.</summary>
    public IReadOnlyList<string>? Headers { get; init; }

    /// <summary>Answer headers a page may read, beside the few that are always readable. Default none.</summary>
    public IReadOnlyList<string>? ExposeHeaders { get; init; }

    /// <summary>Whether a page may send cookies. Default false; not possible for all origins.</summary>
    public bool? Credentials { get; init; }

    /// <summary>Seconds for which a browser may remember the answer to a preflight. Default the browser's own, 5.</summary>
    public int? MaxAge { get; init; }

    /// <summary>The routes, by <c>Key</c>, that the global section is for. Default all.</summary>
    [GlobalOnly]
    public IReadOnlyList<string>? RouteKeys { get; init; }
}
