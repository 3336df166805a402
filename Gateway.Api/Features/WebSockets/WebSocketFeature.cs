using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.WebSockets;

/// <summary><c>WebSocketOptions</c>: what a route says about conversations that begin as a request of it (contract 08 §7, 00).</summary>
internal sealed class WebSocketFeature : IRouteFeature
{
    private static readonly SectionKey<WebSocketOptions?> Options =
        new("WebSocketOptions", Levels.Route | Levels.DynamicRoute | Levels.Global, Combination.FieldByField);

    public IReadOnlyList<SectionKey> Keys => [Options];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        if (section.Level == Levels.Aggregate || section.Read(Options)?.IdleTimeoutSeconds is not { } seconds) return;
        if (seconds > 0) route.WebSocketIdleTimeout = TimeSpan.FromSeconds(seconds);
        else
            section.Error("WebSocketOptions.IdleTimeoutSeconds", $"must be a positive number of seconds, was {seconds}",
                "Leave it out to let WebSockets be silent for as long as they like");
    }
}
