using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;

namespace Samples.Identity;

/// <summary>Hands out tokens; OpenIddict has checked client, secret, code and PKCE before this is called.</summary>
internal static class TokenEndpoint
{
    public static void MapToken(this WebApplication app) => app.MapPost("/connect/token", TokenAsync).DisableAntiforgery();

    private static async Task<SignInHttpResult> TokenAsync(HttpContext context, IOpenIddictScopeManager scopes)
    {
        var request = context.GetOpenIddictServerRequest()!;
        if (request.IsClientCredentialsGrantType())
        {
            var client = DemoPrincipal.OfClient(request.ClientId!);
            await client.GrantAsync(request.GetScopes(), scopes);
            return SignIn(client);
        }

        // The only other way allowed is a code: its principal is the one that the user was given when logging in.
        var code = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        return SignIn(code.Principal!);
    }

    private static SignInHttpResult SignIn(ClaimsPrincipal principal) =>
        TypedResults.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
}
