using Gateway.Pipeline;

namespace Gateway.Features.Claims;

/// <summary>
/// Gives placeholders of the downstream path their values, in place of captured ones. A value is one segment's text: nothing, or a dot
/// segment, would lead to a resource above the one that is meant.
/// </summary>
internal sealed class ClaimsToPathStep(IReadOnlyList<ClaimMapping> mappings) : IRouteStep
{
    public Task InvokeAsync(Exchange exchange, RouteDelegate next)
    {
        for (var i = 0; i < mappings.Count; i++)
        {
            if (mappings[i].Value.Evaluate(exchange.Http.User) is not { } value) return exchange.RefuseAsync(ClaimRefusals.Missing);
            if (value is "" or "." or "..") return exchange.RefuseAsync(ClaimRefusals.Unusable);
            exchange.Values.Set(mappings[i].Name, value);
        }
        return next(exchange);
    }
}
