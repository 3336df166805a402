using Gateway.Forwarding.FastLane;
using Gateway.Pipeline;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Forwarding;

/// <summary>What all routes forward with, and how a route's forwarder is put together from what its features asked for.</summary>
internal sealed class ForwardingEngine(
    IHttpForwarder forwarder, IConfiguration configuration, ILogger<ForwardingEngine> logger, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>The host setting that switches the fast lane off where it is <c>false</c>; default <c>true</c>.</summary>
    public const string FastLaneSetting = "Gateway:FastLane";

    private readonly bool _usesFastLane = configuration.GetValue(FastLaneSetting, true);

    public IHttpForwarder Forwarder { get; } = forwarder;

    public ILogger Logger { get; } = logger;

    public TimeProvider Time { get; } = time;

    /// <summary>When the gateway stops: conversations that have no end of their own end then.</summary>
    public CancellationToken Stopping { get; } = lifetime.ApplicationStopping;

    public Deadline.Pool Deadlines { get; } = new();

    public RouteForwarder Build(RouteBuilder route, ForwardingOptions options)
    {
        var transport = route.Snapshot.Share(route.Transport.AsKey(), () => new Transport(route.Transport));
        var picker = new DestinationPicker(route.Source!, route.Balancer!, Time);

        HttpMessageHandler chain = new FailoverHandler(transport.Pool, picker);
        foreach (var factory in route.InnerHandlers.Reverse()) chain = Around(factory, chain);
        foreach (var factory in route.Handlers.Reverse()) chain = Around(factory, chain);
        var invoker = new HttpMessageInvoker(chain, disposeHandler: true);
        route.Snapshot.Own(invoker);
        options = options with { WebSocketIdleTimeout = route.WebSocketIdleTimeout };
        var changes = AnswerChanges.Of(route);
        var fast = _usesFastLane && FastForwarder.Fits(route, options) ? new FastForwarder(options, picker, transport.Connections, changes, this) : null;
        options = options with { Timeout = Covering(route.AttemptTimeout, options.Timeout) };
        return new RouteForwarder(options, picker, invoker, this, new ForwardedHeaders(route.OwnedRequestHeaders), changes, fast);

        // An attempt that may take as long as the whole would never be the one to end (contract 06 §3).
        static TimeSpan Covering(TimeSpan? attempt, TimeSpan whole) => attempt >= whole ? attempt.Value * 2 : whole;

        DelegatingHandler Around(HandlerFactory factory, HttpMessageHandler inner)
        {
            var handler = factory(route.Snapshot.Services);
            handler.InnerHandler = inner;
            return handler;
        }
    }
}
