using Gateway.Configuration;

namespace Gateway.Features.Authentication;

/// <summary>Who may call a route (contract 05 §2). A route's values win over the global ones, property by property.</summary>
internal sealed record AuthenticationOptions
{
    /// <summary>
    /// Names of <c>Authentication:Schemes</c>, tried in order; the first that accepts the caller wins. Default none: the route is open. A
    /// route's list replaces the global one whole.
    /// </summary>
    [FormerName("AuthenticationProviderKey", FormerValue.Prepended)]
    public IReadOnlyList<string>? AuthenticationProviderKeys { get; init; }

    /// <summary>Scopes of which the caller needs one. Default none: any authenticated caller passes.</summary>
    public IReadOnlyList<string>? AllowedScopes { get; init; }

    /// <summary>True: neither authentication nor scopes are asked for. Default false.</summary>
    public bool? AllowAnonymous { get; init; }

    /// <summary>Where a WebSocket's token may be besides <c>Authorization</c>, on this route alone. Default nowhere.</summary>
    public TokenFromOptions? TokenFrom { get; init; }

    /// <summary>The routes, by <c>Key</c>, that the global section is for. Default all.</summary>
    [GlobalOnly]
    public IReadOnlyList<string>? RouteKeys { get; init; }
}
