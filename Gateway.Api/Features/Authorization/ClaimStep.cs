using Gateway.Pipeline;

namespace Gateway.Features.Authorization;

/// <summary>Refuses callers that lack a claim the route demands. Asked of anonymous callers, too, who have none (contract 05 §7).</summary>
internal sealed class ClaimStep(IReadOnlyList<ClaimRequirement> requirements, bool letsOptionsPass) : IRouteStep
{
    public static readonly Refusal Forbidden = new("claim_not_allowed", 403, "The caller may not do this.");

    public Task InvokeAsync(Exchange exchange, RouteDelegate next)
    {
        if (letsOptionsPass && HttpMethods.IsOptions(exchange.Http.Request.Method)) return next(exchange);

        for (var i = 0; i < requirements.Count; i++)
            if (!requirements[i].IsMet(exchange.Http.User, exchange.Values)) return exchange.RefuseAsync(Forbidden);
        return next(exchange);
    }
}
