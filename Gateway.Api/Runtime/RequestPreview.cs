using System.Net;
using System.Security.Claims;
using Gateway.Pipeline;
using Gateway.Routing;

namespace Gateway.Runtime;

/// <summary>What would become of a request.</summary>
/// <param name="Verdicts">Every entry whose path fits, in the order in which they are asked.</param>
/// <param name="Route">The one that takes it; null where none does.</param>
/// <param name="Values">What the placeholders stand for.</param>
/// <param name="Status">The status of the gateway's own answer where the request wouldn't be sent on; null where it would.</param>
/// <param name="Answer">The body of that answer.</param>
/// <param name="Method">The verb the service would get.</param>
/// <param name="Target">The path and query the service would get; null with a <paramref name="Status"/>.</param>
/// <param name="Headers">What the route's steps set on the downstream request; a null value removes.</param>
internal sealed record RequestPreview(
    IReadOnlyList<RouteVerdict<CompiledRoute>> Verdicts,
    CompiledRoute? Route,
    IReadOnlyList<(string Name, string Value)> Values,
    int? Status,
    string Answer,
    string Method,
    string? Target,
    IReadOnlyList<(string Name, string? Value)> Headers)
{
    /// <summary>
    /// Runs a request through its route's steps, which do their work as ever (a limit counts), but never sends it. Authentication is passed
    /// over: the caller has the <paramref name="claims"/>, or where they are null is nobody.
    /// </summary>
    public static async Task<RequestPreview> OfAsync(
        RouteTable<CompiledRoute> table, RouteRequest request, string scheme, IReadOnlyList<Claim>? claims, IServiceProvider services)
    {
        var verdicts = table.Explain(request);
        var match = table.Match(request);
        if (!match.Found) return new RequestPreview(verdicts, null, [], StatusCodes.Status404NotFound, "", request.Method, null, []);

        var values = match.ReadValues();
        var named = match.Rule.PlaceholderNames.Select(n => (n, values.TryGet(n, out var value) ? value : "")).ToArray();
        var compiled = match.Route;
        if (compiled.Route.IsProtected && claims is null)
            return new RequestPreview(verdicts, compiled, named, StatusCodes.Status401Unauthorized, "", request.Method, null, []);

        using var body = new MemoryStream();
        await using var scope = services.CreateAsyncScope();
        var exchange = new Exchange(Http(request, scheme, claims ?? [], body, scope.ServiceProvider), compiled.Route, values, request);
        var isSent = false;
        await Run(compiled.Parts.Steps.Where(s => s is not IAuthenticationStep), _ =>
        {
            isSent = true;
            return Task.CompletedTask;
        })(exchange);

        var method = compiled.Parts.Method ?? exchange.Method;
        return isSent
            ? new RequestPreview(verdicts, compiled, named, null, "", method, exchange.Target, exchange.RequestHeaders)
            : new RequestPreview(verdicts, compiled, named, exchange.Http.Response.StatusCode, Text(body), method, null, exchange.RequestHeaders);
    }

    private static RouteDelegate Run(IEnumerable<IRouteStep> steps, RouteDelegate last) =>
        steps.Reverse().Aggregate(last, (next, step) => exchange => step.InvokeAsync(exchange, next));

    private static DefaultHttpContext Http(RouteRequest request, string scheme, IReadOnlyList<Claim> claims, Stream body, IServiceProvider services)
    {
        var http = new DefaultHttpContext { RequestServices = services };
        http.Request.Method = request.Method;
        http.Request.Scheme = scheme;
        http.Request.Host = new HostString(request.Host);
        http.Request.Path = WebUtility.UrlDecode(request.Path.Text.Replace("+", "%2B", StringComparison.Ordinal));
        http.Request.QueryString = new QueryString(request.Query);
        foreach (var header in request.Headers) http.Request.Headers[header.Key] = header.Value;
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        if (claims.Count > 0) http.User = new ClaimsPrincipal(new ClaimsIdentity(claims, "preview"));
        http.Response.Body = body;
        return http;
    }

    private static string Text(MemoryStream body) => System.Text.Encoding.UTF8.GetString(body.ToArray());
}
