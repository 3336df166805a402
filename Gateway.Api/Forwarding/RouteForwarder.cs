using Gateway.Forwarding.FastLane;
using Gateway.Forwarding.WebSockets;
using Gateway.Pipeline;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Forwarding;

/// <summary>
/// The last step of a route: chooses a destination, sends the request through the route's delegating handlers and streams the answer back.
/// </summary>
internal sealed partial class RouteForwarder(
    ForwardingOptions options,
    DestinationPicker picker,
    HttpMessageInvoker invoker,
    ForwardingEngine engine,
    ForwardedHeaders forwarded,
    AnswerChanges changes,
    FastForwarder? fast)
{
    private readonly ForwarderRequestConfig _config = new()
    {
        Version = options.Version,
        VersionPolicy = options.VersionPolicy,
        ActivityTimeout = Timeout.InfiniteTimeSpan, // the deadline covers the head; a stream may be silent for as long as it likes
    };

    public async Task ForwardAsync(Exchange exchange)
    {
        if (options.Method is { } method) exchange.Method = method;
        if (picker.Lease(exchange) is not { } destination)
        {
            await exchange.RefuseAsync(Refusal.NoInstance);
            return;
        }

        exchange.Destination = destination;
        try
        {
            var scheme = options.Scheme ?? destination.Scheme ?? exchange.Http.Request.Scheme;
            if (fast is not null && FastForwarder.Takes(exchange, scheme)) await fast.ForwardAsync(exchange);
            else await SendAsync(exchange, scheme);
        }
        finally
        {
            exchange.Destination.Leave();
        }
    }

    private async Task SendAsync(Exchange exchange, string scheme)
    {
        using var deadline = engine.Deadlines.Rent();
        var http = exchange.Http;
        using var relay = http.IsWebSocket() ? new WebSocketRelay(http, options.WebSocketIdleTimeout, engine.Time, engine.Stopping) : null;
        relay?.Attach();
        var transformer = new RouteTransformer(exchange, forwarded, changes, deadline.Value, scheme, relay);
        deadline.Value.Start(options.Timeout);
        var error = await engine.Forwarder.SendAsync(http, "http://destination.invalid", invoker, _config, transformer, deadline.Value.Token);

        if (relay is { HasBegun: true })
        {
            await relay.EndAsync();
            if (error != ForwarderError.None) Log.BrokeOff(engine.Logger, exchange.Route.Name, exchange.Destination!.Authority, error);
            return;
        }
        if (error == ForwarderError.None && transformer.Refusal is null) return;
        var exception = http.Features.Get<IForwarderErrorFeature>()?.Exception;
        var (refusal, detail) = transformer.Refusal is { } bad
            ? (bad, null)
            : ForwardingErrors.Explain(error, exception, http.RequestAborted.IsCancellationRequested, deadline.Value.HasPassed);
        Log.Failed(engine.Logger, exchange.Route.Name, exchange.Destination!.Authority, error, refusal.Code, exception);
        if (refusal == Refusal.Failed && exception is not null) Log.HandlerFailed(engine.Logger, exchange.Route.Name, exception);
        await exchange.RefuseAsync(refusal, detail);
    }

    private static partial class Log
    {
        [LoggerMessage(400, LogLevel.Debug, "Route {Route}: sending to {Destination} failed with {Error}, answered {Refusal}", EventName = nameof(Failed))]
        public static partial void Failed(ILogger logger, string route, string destination, ForwarderError error, string refusal, Exception? exception);

        [LoggerMessage(404, LogLevel.Debug, "Route {Route}: a WebSocket to {Destination} broke off with {Error}", EventName = nameof(BrokeOff))]
        public static partial void BrokeOff(ILogger logger, string route, string destination, ForwarderError error);

        [LoggerMessage(401, LogLevel.Error, "Route {Route}: a delegating handler failed", EventName = nameof(HandlerFailed))]
        public static partial void HandlerFailed(ILogger logger, string route, Exception exception);
    }
}
