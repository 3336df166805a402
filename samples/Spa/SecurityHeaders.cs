namespace Samples.Spa;

/// <summary>
/// The app runs its own script and speaks to the gateway and the identity server; nothing else is allowed, so what is no part of
/// it can't run, and a token can't be sent anywhere else.
/// </summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this WebApplication app, SpaOptions options)
    {
        var policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + $"connect-src 'self' {options.GatewayOrigin} {options.IdentityOrigin}; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = policy;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            context.Response.Headers.CacheControl = "no-cache"; // ask each time: the files carry an ETag
            return next(context);
        });
    }
}
