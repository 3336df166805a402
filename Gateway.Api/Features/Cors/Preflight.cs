using Gateway.Pipeline;

namespace Gateway.Features.Cors;

/// <summary>
/// Answers the question a browser asks before a page's request. A page of a foreign origin is refused; any other is told what is allowed, and
/// its browser compares that with what the page wants and names the difference.
/// </summary>
internal sealed class Preflight(CorsPolicy policy)
{
    public static readonly Refusal Forbidden = new("origin_not_allowed", 403, "Pages of this origin may not use this resource.");

    public Task AnswerAsync(Exchange exchange)
    {
        var (request, response) = (exchange.Http.Request, exchange.Http.Response);
        if (!CorsStep.AllowOrigin(policy, exchange.Http)) return exchange.RefuseAsync(Forbidden);

        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = policy.Methods ?? request.Headers.AccessControlRequestMethod.ToString();
        if (policy.Headers is { } headers) response.Headers.AccessControlAllowHeaders = headers;
        else if (request.Headers.AccessControlRequestHeaders.ToString() is { Length: > 0 } wanted && AreNames(wanted))
            response.Headers.AccessControlAllowHeaders = wanted;
        if (policy.MaxAge is { } seconds) response.Headers.AccessControlMaxAge = seconds;
        if (policy.Methods is null || policy.Headers is null)
            response.Headers.Append("Vary", "Access-Control-Request-Method, Access-Control-Request-Headers");
        return Task.CompletedTask;
    }

    private static bool AreNames(string list)
    {
        foreach (var range in list.AsSpan().Split(','))
            if (!CorsPolicy.IsToken(list.AsSpan()[range].Trim())) return false;
        return true;
    }
}
