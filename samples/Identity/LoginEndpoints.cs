using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace Samples.Identity;

/// <summary>The page where a user logs in. A login is a cookie on this server alone; no app ever sees the password.</summary>
internal static class LoginEndpoints
{
    public const string Path = "/login";

    public static void MapLogin(this WebApplication app)
    {
        app.MapGet("/", () => TypedResults.Redirect(Path));
        app.MapGet(Path, Show);
        app.MapPost(Path, LogInAsync);
    }

    private static IResult Show(HttpContext context, IAntiforgery antiforgery, IdentityOptions options, string? returnUrl) =>
        LoginPage.Answer(context, antiforgery.GetAndStoreTokens(context), options, returnUrl, failed: false);

    private static async Task<IResult> LogInAsync(
        HttpContext context, IAntiforgery antiforgery, IdentityOptions options,
        [FromForm] string? name, [FromForm] string? password, [FromForm] string? returnUrl)
    {
        if (DemoUser.Find(name, password) is not { } user)
            return LoginPage.Answer(context, antiforgery.GetAndStoreTokens(context), options, returnUrl, failed: true);

        var identity = new ClaimsIdentity([new(ClaimTypes.Name, user.Name)], CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity));
        return IsOwn(returnUrl) ? TypedResults.Redirect(returnUrl!) : TypedResults.Redirect(options.SpaPage.ToString());
    }

    // Only an address of this server: a login page must not send people to wherever a link says.
    private static bool IsOwn(string? url) => url is ['/', ..] and not ['/', '/' or '\\', ..];
}
