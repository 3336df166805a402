using Gateway.Configuration;

namespace Gateway.Features.WebSockets;

/// <summary>How long WebSockets may last. Our extension; route and global values combine property by property.</summary>
internal sealed record WebSocketOptions
{
    /// <summary>Seconds in which nothing, not even a ping, is sent in either direction, before both sides get a Close with 1001. Default: no limit.</summary>
    public int? IdleTimeoutSeconds { get; init; }

    /// <summary>The routes, by their <c>Key</c>, that the global section is for; default all.</summary>
    [GlobalOnly]
    public IReadOnlyList<string>? RouteKeys { get; init; }
}
