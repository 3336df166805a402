using System.Security.Cryptography;
using System.Text;
using Gateway.Tests.Support;

namespace Gateway.Tests.Forwarding.WebSockets;

/// <summary>The service's part of a handshake, for services that send frames no library would (RFC 6455 §4.2.2).</summary>
internal static class RawHandshake
{
    private const string Guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public static Task AcceptWebSocketAsync(this RawConnection connection)
    {
        var key = connection.Head.Split("\r\n").Single(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)).Split(':', 2)[1].Trim();
        var accept = Convert.ToBase64String(HashOf(key + Guid));
        return connection.SendAsync($"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n\r\n");
    }

#pragma warning disable CA5350 // the handshake is defined by SHA-1
    private static byte[] HashOf(string text) => SHA1.HashData(Encoding.ASCII.GetBytes(text));
#pragma warning restore CA5350
}
