using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;

namespace Samples.Identity;

/// <summary>Sends a browser to the login page, or, logged in already, back to the app with a code.</summary>
internal static class AuthorizeEndpoint
{
    public static void MapAuthorize(this WebApplication app) =>
        app.MapMethods("/connect/authorize", ["GET", "POST"], AuthorizeAsync).DisableAntiforgery();

    private static async Task<IResult> AuthorizeAsync(HttpContext context, IOpenIddictScopeManager scopes)
    {
        var request = context.GetOpenIddictServerRequest()!;
        var login = await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        if (DemoUser.Find(login.Principal?.Identity?.Name) is not { } user)
        {
            if (request.HasPromptValue(OpenIddictConstants.PromptValues.None)) return LoginRequired();
            var asked = context.Request;
            var back = new AuthenticationProperties { RedirectUri = asked.PathBase + asked.Path + asked.QueryString };
            return TypedResults.Challenge(back, [CookieAuthenticationDefaults.AuthenticationScheme]);
        }

        var principal = DemoPrincipal.Of(user);
        await principal.GrantAsync(request.GetScopes(), scopes);
        return TypedResults.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static ForbidHttpResult LoginRequired() => TypedResults.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = OpenIddictConstants.Errors.LoginRequired,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = "Nobody is logged in.",
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
