using Gateway.Pipeline;

namespace Gateway.Features.RateLimiting;

/// <summary>Counts the request and lets it pass, or refuses it.</summary>
internal sealed partial class RateLimitStep(RateLimitPolicy policy, IRateCounter counter, TimeProvider time, ILogger logger) : IRouteStep
{
    // Only under Compatibility: elsewhere a client without a name is its address.
    private static readonly Refusal Unnamed = new("client_unknown", 503, "The request does not say which client it comes from.");

    public Task InvokeAsync(Exchange exchange, RouteDelegate next)
    {
        if (IsPreflight(exchange.Http.Request)) return next(exchange);

        var name = policy.Rule.Key.Read(exchange);
        if (name is null && policy.DemandsName) return exchange.RefuseAsync(Unnamed);
        var client = policy.Rule.Key.Source == ClientKeySource.Route ? Client.Everyone
            : name is not null ? Client.Named(name)
            : Client.At(exchange.Http.Connection.RemoteIpAddress);
        if (policy.Whitelist.Contains(name ?? client.Id)) return next(exchange);

        var counting = counter.AdmitAsync(client);
        return counting.IsCompletedSuccessfully ? GoOn(exchange, next, counting.Result) : GoOnAsync(exchange, next, counting);
    }

    // The browser asks, not the client, and can't say who the client is.
    private static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.Origin.Count > 0 && request.Headers.AccessControlRequestMethod.Count > 0;

    private async Task GoOnAsync(Exchange exchange, RouteDelegate next, ValueTask<Admission> counting) =>
        await GoOn(exchange, next, await counting);

    private Task GoOn(Exchange exchange, RouteDelegate next, Admission admission)
    {
        var headers = exchange.Http.Response.Headers;
        if (!admission.IsAdmitted)
        {
            Log.Refused(logger, exchange.Route.Name);
            if (policy.SendsHeaders) RateLimitHeaders.AskToWait(headers, admission.RetryAfter);
            return policy.QuotaMessage is null ? exchange.RefuseAsync(policy.Refusal) : RefuseWithTextAsync(exchange, policy.QuotaMessage);
        }
        if (policy.SendsHeaders) RateLimitHeaders.Describe(headers, policy.Rule.Limit, admission, time);
        return admission.Lease is null ? next(exchange) : HoldAsync(exchange, next, admission.Lease);
    }

    private static async Task HoldAsync(Exchange exchange, RouteDelegate next, IDisposable lease)
    {
        using (lease) await next(exchange);
    }

    // Without a content type, as Ocelot sends it: only the file's author knows what the text is (contract 06 §1.6).
    private Task RefuseWithTextAsync(Exchange exchange, byte[] text)
    {
        var http = exchange.Http;
        http.Features.Set(policy.Refusal);
        http.Response.StatusCode = policy.Refusal.Status;
        http.Response.ContentLength = text.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(text, http.RequestAborted).AsTask();
    }

    private static partial class Log
    {
        [LoggerMessage(2100, LogLevel.Debug, "Route {Route}: a client is over its limit", EventName = nameof(Refused))]
        public static partial void Refused(ILogger logger, string route);
    }
}
