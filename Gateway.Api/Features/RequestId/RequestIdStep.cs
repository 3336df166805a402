using Gateway.Pipeline;

namespace Gateway.Features.RequestId;

/// <summary>Takes over the id in the route's header, and sends one where the client sent none, or one that can't be an id.</summary>
internal sealed class RequestIdStep(string header) : IRouteStep
{
    public Task InvokeAsync(Exchange exchange, RouteDelegate next)
    {
        var isFit = RequestIds.Adopt(exchange.Http, header);
        if (!isFit || exchange.Http.Request.Headers[header].Count == 0) exchange.SetRequestHeader(header, exchange.RequestId);
        return next(exchange);
    }
}
