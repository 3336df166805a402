using Gateway.Routing;

namespace Gateway.Pipeline;

/// <summary>What the pipeline knows of the route an exchange belongs to. Immutable.</summary>
/// <param name="Name">How logs, metrics and pages call it: the route's <c>Key</c>, else its upstream template or service.</param>
/// <param name="Path">Its place in the document: <c>Routes[3]</c>.</param>
/// <param name="Refusals">How the gateway's own answers look on this route.</param>
/// <param name="Downstream">Makes the downstream path and query.</param>
internal sealed record Route(string Name, string Path, RefusalStyle Refusals, DownstreamTemplate Downstream)
{
    /// <summary>The upstream template as written; empty for a dynamic route.</summary>
    public string Template { get; init; } = "";

    /// <summary>What the document says about the route for the eyes of handlers.</summary>
    public RouteMetadata Metadata { get; init; } = RouteMetadata.Empty;

    /// <summary>What it has served.</summary>
    public RouteTraffic Traffic { get; init; } = new();

    /// <summary>Tells the mediation plan from every other; null where nothing is mediated.</summary>
    public string? MediationPlan { get; init; }

    /// <summary>Whether the route demands an authenticated caller.</summary>
    public bool IsProtected { get; init; }
}
