using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;

namespace Samples.Identity;

/// <summary>The login page's HTML: one form, no script, style in line and allowed by its hash.</summary>
internal static class LoginPage
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: light-dark(#1c2430, #e8ecf2); --soft: light-dark(#5b6675, #9aa6b5);
          --page: light-dark(#eef1f6, #12161c); --card: light-dark(#fff, #1b212a); --line: light-dark(#c9d1dc, #394351);
          --accent: light-dark(#2457c5, #8fb2ff); --on-accent: light-dark(#fff, #0f1a30); --bad: light-dark(#a4161a, #ff9a9a); }
        * { box-sizing: border-box; }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--page);
          color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
        main { width: min(24rem, 100%); padding: 2rem; background: var(--card); border: 1px solid var(--line);
          border-radius: 1rem; }
        h1 { margin: 0 0 .25rem; font-size: 1.35rem; }
        p { margin: 0 0 1.25rem; color: var(--soft); }
        p.bad { color: var(--bad); font-weight: 600; }
        label { display: block; margin: 0 0 1rem; font-weight: 600; }
        input { display: block; width: 100%; margin-top: .25rem; padding: .6rem .75rem; font: inherit; color: inherit;
          background: transparent; border: 1px solid var(--line); border-radius: .5rem; }
        button { width: 100%; padding: .7rem; font: inherit; font-weight: 600; color: var(--on-accent); background: var(--accent);
          border: 0; border-radius: .5rem; cursor: pointer; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        table { width: 100%; margin-top: 1.5rem; border-collapse: collapse; font-size: .875rem; color: var(--soft); }
        th, td { text-align: left; padding: .25rem 0; border-top: 1px solid var(--line); }
        """;

    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    public static IResult Answer(
        HttpContext context, AntiforgeryTokenSet form, IdentityOptions options, string? returnUrl, bool failed)
    {
        // A browser follows the redirects of a form under the same rule as the form itself: to the app, therefore, too.
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'sha256-{StyleHash}'; "
            + $"form-action 'self' {options.SpaOrigin.GetLeftPart(UriPartial.Authority)}; "
            + "base-uri 'none'; frame-ancestors 'none'";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var status = failed ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK;
        return TypedResults.Content(Html(form, returnUrl, failed), "text/html; charset=utf-8", statusCode: status);
    }

    private static string Html(AntiforgeryTokenSet form, string? returnUrl, bool failed) => $"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Log in · Demo identity</title>
          <style>{Style}</style>
        </head>
        <body>
          <main>
            <h1>Log in</h1>
            {(failed ? """<p class="bad" role="alert">That name and password don't belong together.</p>""" : "<p>to the demo shop</p>")}
            <form method="post" action="{LoginEndpoints.Path}">
              <label>Name <input name="name" autocomplete="username" autocapitalize="none" required autofocus></label>
              <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
              <input type="hidden" name="returnUrl" value="{Encoded(returnUrl)}">
              <input type="hidden" name="{form.FormFieldName}" value="{Encoded(form.RequestToken)}">
              <button>Log in</button>
            </form>
            <table>
              <thead><tr><th scope="col">Name</th><th scope="col">Password</th><th scope="col">Roles</th></tr></thead>
              <tbody>{string.Concat(DemoUser.All.Select(Row))}</tbody>
            </table>
          </main>
        </body>
        </html>
        """;

    private static string Row(DemoUser user) =>
        $"<tr><td>{Encoded(user.Name)}</td><td>{Encoded(user.Password)}</td><td>{Encoded(string.Join(", ", user.Roles))}</td></tr>";

    private static string Encoded(string? text) => HtmlEncoder.Default.Encode(text ?? "");
}
