using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Samples.Identity;

/// <summary>Who a token is about: a user or a client by itself.</summary>
internal static class DemoPrincipal
{
    public static ClaimsPrincipal Of(DemoUser user) => With(user.Name, user.DisplayName, user.Roles)
        .SetClaim(Claims.PreferredUsername, user.Name)
        .SetClaim(Claims.Email, $"{user.Name}@example.test")
        .ToPrincipal();

    public static ClaimsPrincipal OfClient(string client) => With(client, client, [Role.Payer]).ToPrincipal();

    /// <summary>Grants the scopes, names the APIs behind them as audiences and says which claims go into which token.</summary>
    public static async Task GrantAsync(this ClaimsPrincipal principal, IEnumerable<string> scopes, IOpenIddictScopeManager known)
    {
        principal.SetScopes(scopes);
        var audiences = new List<string>();
        await foreach (var audience in known.ListResourcesAsync(principal.GetScopes()))
            if (!audiences.Contains(audience)) audiences.Add(audience);
        principal.SetResources(audiences);
        principal.SetDestinations(static claim => claim.Type switch
        {
            Claims.Name or Claims.PreferredUsername when claim.Subject!.HasScope(Scopes.Profile) => BothTokens,
            Claims.Email when claim.Subject!.HasScope(Scopes.Email) => BothTokens,
            Claims.Role when claim.Subject!.HasScope(Scopes.Roles) => BothTokens,
            Claims.Email => [],
            _ => AccessTokenOnly,
        });
    }

    private static readonly string[] BothTokens = [Destinations.AccessToken, Destinations.IdentityToken];
    private static readonly string[] AccessTokenOnly = [Destinations.AccessToken];

    private static ClaimsIdentity With(string subject, string name, string[] roles) =>
        new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Claims.Name, Claims.Role)
            .SetClaim(Claims.Subject, subject)
            .SetClaim(Claims.Name, name)
            .SetClaims(Claims.Role, [.. roles]);

    private static ClaimsPrincipal ToPrincipal(this ClaimsIdentity identity) => new(identity);
}
