using System.Net;
using Gateway.Pipeline;

namespace Gateway.Features.Security;

/// <summary>Refuses callers from addresses that may not call. The address is the connection's, or what the host made of it.</summary>
internal sealed partial class SecurityStep(AddressPolicy policy, ILogger<SecurityStep> logger) : IRouteStep
{
    public static readonly Refusal Forbidden = new("address_not_allowed", 403, "This resource can't be used from this address.");

    public Task InvokeAsync(Exchange exchange, RouteDelegate next)
    {
        var address = exchange.Http.Connection.RemoteIpAddress;
        if (policy.Allows(address)) return next(exchange);
        Log.Refused(logger, address, exchange.Route.Name);
        return exchange.RefuseAsync(Forbidden);
    }

    private static partial class Log
    {
        [LoggerMessage(2600, LogLevel.Debug, "Refused {Address} on {Route}", EventName = nameof(Refused))]
        public static partial void Refused(ILogger logger, IPAddress? address, string route);
    }
}
