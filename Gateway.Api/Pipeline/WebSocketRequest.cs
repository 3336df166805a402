using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Pipeline;

/// <summary>Tells the beginning of a WebSocket from other requests.</summary>
internal static class WebSocketRequest
{
    private const string Protocol = "websocket";

    /// <summary>
    /// Whether the client asks for a WebSocket: by an upgrade in HTTP/1.1 (RFC 6455 §4.1), or by an extended CONNECT in HTTP/2 (RFC 8441). A
    /// header alone, without the server seeing an upgrade in it, is none.
    /// </summary>
    public static bool IsWebSocket(this HttpContext http) => IsUpgrade(http) || http.IsWebSocketConnect();

    /// <summary>Whether it is an extended CONNECT for a WebSocket, which has no other verb.</summary>
    public static bool IsWebSocketConnect(this HttpContext http) =>
        HttpMethods.IsConnect(http.Request.Method)
        && http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect
        && Protocol.Equals(connect.Protocol, StringComparison.OrdinalIgnoreCase);

    private static bool IsUpgrade(HttpContext http) =>
        http.Request.Headers.Upgrade is [var name] && Protocol.Equals(name, StringComparison.OrdinalIgnoreCase)
        && http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true };
}
