using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using OpenIddict.Server.AspNetCore;

namespace Samples.Identity;

/// <summary>Logs out and sends the browser back to the app.</summary>
internal static class EndSessionEndpoint
{
    public static void MapEndSession(this WebApplication app) =>
        app.MapMethods("/connect/endsession", ["GET", "POST"], EndAsync).DisableAntiforgery();

    private static async Task<IResult> EndAsync(HttpContext context, IdentityOptions options)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        var back = new AuthenticationProperties { RedirectUri = options.SpaPage.ToString() };
        return TypedResults.SignOut(back, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }
}
