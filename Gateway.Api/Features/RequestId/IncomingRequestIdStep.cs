using Gateway.Pipeline;

namespace Gateway.Features.RequestId;

/// <summary>Makes the client's id that of the request.</summary>
internal sealed class IncomingRequestIdStep(string header) : IRouteStep
{
    public Task InvokeAsync(Exchange exchange, RouteDelegate next)
    {
        RequestIds.Adopt(exchange.Http, header);
        return next(exchange);
    }
}
