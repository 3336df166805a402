using System.Collections.Frozen;
using System.Security.Claims;
using Gateway.Pipeline;

namespace Gateway.Features.Authorization;

/// <summary>
/// Refuses callers without any of the route's scopes. A claim may hold one scope or many with spaces between, and there may be several
/// claims; all count (contract 00).
/// </summary>
internal sealed class ScopeStep : IRouteStep
{
    public static readonly Refusal Forbidden = new("scope_not_allowed", 403, "The access token lacks a scope for this.");

    // The platform's JWT handler renames 'scp' so, unless MapInboundClaims is false.
    private const string MappedScope = "http://schemas.microsoft.com/identity/claims/scope";

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _allowed;
    private readonly bool _letsOptionsPass;
    private readonly string _challenge;

    public ScopeStep(FrozenSet<string> allowed, bool letsOptionsPass)
    {
        _allowed = allowed.GetAlternateLookup<ReadOnlySpan<char>>();
        _letsOptionsPass = letsOptionsPass;
        // RFC 6750's 'scope' lists what is needed together; of several that are each enough it can't say so.
        _challenge = "Bearer realm=\"gateway\", error=\"insufficient_scope\"" + (allowed.Count == 1 ? $", scope=\"{allowed.Single()}\"" : "");
    }

    public Task InvokeAsync(Exchange exchange, RouteDelegate next)
    {
        if (_letsOptionsPass && HttpMethods.IsOptions(exchange.Http.Request.Method)) return next(exchange);
        if (IsAllowed(exchange.Http.User)) return next(exchange);
        exchange.Http.Response.Headers.WWWAuthenticate = _challenge;
        return exchange.RefuseAsync(Forbidden);
    }

    private bool IsAllowed(ClaimsPrincipal caller)
    {
        foreach (var claim in caller.Claims)
        {
            if (claim.Type is not ("scope" or "scp" or MappedScope)) continue;
            foreach (var range in claim.Value.AsSpan().Split(' '))
                if (_allowed.Contains(claim.Value.AsSpan(range))) return true;
        }
        return false;
    }
}
