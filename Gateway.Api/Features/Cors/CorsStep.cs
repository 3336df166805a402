using Gateway.Pipeline;
using Microsoft.Extensions.Primitives;

namespace Gateway.Features.Cors;

/// <summary>
/// Adds the headers that let a page read the answer. They are set when the answer starts, so that they stand on every answer, whoever writes
/// it and whatever was written before: the service's, a cached one, a refusal, a failure.
/// </summary>
internal sealed class CorsStep(CorsPolicy policy) : IRouteStep
{
    public Task InvokeAsync(Exchange exchange, RouteDelegate next)
    {
        exchange.Http.Response.OnStarting(static state =>
        {
            var (policy, http) = ((CorsPolicy, HttpContext))state;
            Stamp(policy, http);
            return Task.CompletedTask;
        }, (policy, exchange.Http));
        return exchange.Http.IsWebSocket() && IsRefused(exchange.Http.Request) ? exchange.RefuseAsync(Preflight.Forbidden) : next(exchange);
    }

    // Browsers let every page open a WebSocket, with the user's cookies, and leave it to the server to look at the origin (RFC 6455 §10.2).
    private bool IsRefused(HttpRequest request) =>
        request.Headers.Origin is [{ Length: > 0 } origin] && !policy.Origins.Contains(origin) && !IsOwn(origin, request.Host);

    private static bool IsOwn(string origin, HostString host) =>
        origin.IndexOf("://", StringComparison.Ordinal) is var end and > 0
        && origin.AsSpan(end + 3).Equals(host.Value, StringComparison.OrdinalIgnoreCase);

    private static void Stamp(CorsPolicy policy, HttpContext http)
    {
        var headers = http.Response.Headers;
        AllowOrigin(policy, http);
        if (policy.ExposeHeaders is not null && headers.AccessControlAllowOrigin.Count > 0) headers.AccessControlExposeHeaders = policy.ExposeHeaders;
        else headers.Remove("Access-Control-Expose-Headers");
    }

    /// <summary>Says to the page that asks that it may read, and to caches that the answer depends on who asks.</summary>
    /// <returns>Whether it may.</returns>
    public static bool AllowOrigin(CorsPolicy policy, HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.Remove("Access-Control-Allow-Origin");
        headers.Remove("Access-Control-Allow-Credentials");
        if (!policy.Origins.IsAny) headers.Vary = WithOrigin(headers.Vary);

        if (http.Request.Headers.Origin is not [{ Length: > 0 } origin] || !policy.Origins.Contains(origin)) return false;
        headers.AccessControlAllowOrigin = policy.Origins.IsAny ? "*" : origin;
        if (policy.AllowsCredentials) headers.AccessControlAllowCredentials = "true";
        return true;
    }

    private static StringValues WithOrigin(StringValues vary)
    {
        foreach (var line in vary)
            foreach (var range in line.AsSpan().Split(','))
                if (line.AsSpan()[range].Trim() is "*" || line.AsSpan()[range].Trim().Equals("Origin", StringComparison.OrdinalIgnoreCase)) return vary;
        return StringValues.Concat(vary, "Origin");
    }
}
