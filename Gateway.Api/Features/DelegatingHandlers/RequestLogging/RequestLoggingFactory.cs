using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.DelegatingHandlers.RequestLogging;

/// <summary>Makes the <c>RequestLogging</c> handler, for routes that list it and for routes with such a section.</summary>
internal sealed class RequestLoggingFactory(TimeProvider time, ILogger<RequestLoggingHandler> logger) : IRouteHandlerFactory
{
    private static readonly SectionKey<RequestLoggingOptions?> Options =
        new("RequestLogging", Levels.Route | Levels.DynamicRoute | Levels.Global, Combination.FieldByField);

    public string Name => "RequestLogging";

    public bool IsGlobal => false;

    public IReadOnlyList<SectionKey> Keys { get; } = [Options];

    public bool IsImplied(RouteSection section) => section.Read(Options) is not null;

    public HandlerFactory? Compile(RouteSection section, RouteBuilder route)
    {
        var options = section.Read(Options) ?? new RequestLoggingOptions();
        if (options.Level == LogLevel.None)
            section.Error("RequestLogging.Level", "None would log nothing",
                "Remove the handler from the route, or write Debug and set the level of its category");
        var requestIdHeader = route.RequestIdHeader;
        return _ => new RequestLoggingHandler(options, requestIdHeader, time, logger);
    }
}
