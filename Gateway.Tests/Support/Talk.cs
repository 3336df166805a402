using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Gateway.Tests.Support;

/// <summary>Real WebSockets, as clients and services use them.</summary>
internal static class Talk
{
    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    /// <summary>A service's part: says everything back as it came, and closes as the client did.</summary>
    public static async Task EchoAsync(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[8192];
        while (await socket.ReceiveAsync(buffer, Stopping) is { MessageType: not WebSocketMessageType.Close } piece)
            await socket.SendAsync(buffer.AsMemory(0, piece.Count), piece.MessageType, piece.EndOfMessage, Stopping);
        await socket.CloseOutputAsync(socket.CloseStatus!.Value, socket.CloseStatusDescription, Stopping);
    }

    public static async Task<ClientWebSocket> ConnectAsync(
        this TestGateway gateway, string target, Action<ClientWebSocketOptions>? configure = null, Version? version = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        configure?.Invoke(socket.Options);
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        if (version is not null) (socket.Options.HttpVersion, socket.Options.HttpVersionPolicy) = (version, HttpVersionPolicy.RequestVersionExact);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{gateway.Port}{target}"), version is null ? null : client, Stopping);
        return socket;
    }

    /// <summary>The status by which a WebSocket was refused.</summary>
    public static async Task<HttpStatusCode> RefusedAsync(this TestGateway gateway, string target, Action<ClientWebSocketOptions>? configure = null)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        configure?.Invoke(socket.Options);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://127.0.0.1:{gateway.Port}{target}"), Stopping));
        return socket.HttpStatusCode;
    }

    /// <summary>The head of an upgrade, for clients that want to see the whole answer.</summary>
    public static HttpRequestMessage Upgrade(string target)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        return request;
    }

    public static Task SayAsync(this WebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Stopping);

    /// <summary>The next message, put together.</summary>
    public static async Task<byte[]> HearBytesAsync(this WebSocket socket)
    {
        using var message = new MemoryStream();
        var buffer = new byte[8192];
        while (true)
        {
            var piece = await socket.ReceiveAsync(buffer, Stopping);
            Assert.NotEqual(WebSocketMessageType.Close, piece.MessageType);
            message.Write(buffer, 0, piece.Count);
            if (piece.EndOfMessage) return message.ToArray();
        }
    }

    public static async Task<string> HearAsync(this WebSocket socket) => Encoding.UTF8.GetString(await socket.HearBytesAsync());

    public static async Task<string> EchoOfAsync(this WebSocket socket, string text)
    {
        await socket.SayAsync(text);
        return await socket.HearAsync();
    }

    /// <summary>Waits for the other side's Close, over whatever comes before.</summary>
    public static async Task<(int Code, string? Reason)> HearCloseAsync(this WebSocket socket)
    {
        var buffer = new byte[8192];
        while (await socket.ReceiveAsync(buffer, Stopping) is { MessageType: not WebSocketMessageType.Close }) continue;
        return ((int)socket.CloseStatus!.Value, socket.CloseStatusDescription);
    }
}
