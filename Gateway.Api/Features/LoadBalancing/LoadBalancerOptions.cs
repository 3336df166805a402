using Gateway.Configuration;

namespace Gateway.Features.LoadBalancing;

/// <summary><c>LoadBalancerOptions</c> (contract 06 §7.1).</summary>
internal sealed record LoadBalancerOptions
{
    /// <summary>
    /// <c>NoLoadBalancer</c> (the default: the first destination), <c>RoundRobin</c>, <c>LeastConnection</c>, <c>PowerOfTwoChoices</c>,
    /// <c>CookieStickySessions</c>, or the name of a registered one; in any case.
    /// </summary>
    public string? Type { get; init; }

    /// <summary>The cookie's name, for sticky sessions; default <c>.AspNetCore.Session</c>.</summary>
    public string? Key { get; init; }

    /// <summary>Milliseconds after its last request at which a sticky session is forgotten; default 1,200,000 (20 minutes).</summary>
    public int? Expiry { get; init; }

    /// <summary>The <c>Key</c>s of the routes that the global section is for; default all.</summary>
    [GlobalOnly]
    public IReadOnlyList<string>? RouteKeys { get; init; }
}
