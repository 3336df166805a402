using System.Security.Claims;
using Gateway.Pipeline;

namespace Gateway.Features.Claims;

/// <summary>Sets claims of the caller. The principal may be shared with other requests of the same token, so it is a copy that changes.</summary>
internal sealed class ClaimsToClaimsStep(IReadOnlyList<ClaimMapping> mappings) : IRouteStep
{
    public Task InvokeAsync(Exchange exchange, RouteDelegate next)
    {
        // A principal's own Clone shares its identities with the original; what is remembered for a token must stay as it was validated.
        var caller = new ClaimsPrincipal(exchange.Http.User.Identities.Select(identity => identity.Clone()));
        if (caller.Identity is not ClaimsIdentity changed) return exchange.RefuseAsync(ClaimRefusals.Missing);
        for (var i = 0; i < mappings.Count; i++)
        {
            if (mappings[i].Value.Evaluate(caller) is not { } value) return exchange.RefuseAsync(ClaimRefusals.Missing);
            Replace(changed, mappings[i].Name, value);
        }
        exchange.Http.User = caller;
        return next(exchange);
    }

    /// <summary>Takes the place of the first claim of the type, as in Ocelot; further ones stay.</summary>
    private static void Replace(ClaimsIdentity identity, string type, string value)
    {
        foreach (var claim in identity.Claims)
        {
            if (claim.Type != type) continue;
            identity.RemoveClaim(claim);
            break;
        }
        identity.AddClaim(new Claim(type, value));
    }
}
