using System.Net;

namespace Gateway.Forwarding.WebSockets;

/// <summary>Stands for the content of a service's answer that began a WebSocket, and gives the relay its connection.</summary>
internal sealed class RelayedContent(HttpContent inner, WebSocketRelay relay) : HttpContent
{
    protected override async Task<Stream> CreateContentReadStreamAsync() => relay.Begin(await inner.ReadAsStreamAsync());

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new NotSupportedException();

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    // Once it has begun, the relay ends the connection, when both sides know.
    protected override void Dispose(bool disposing)
    {
        if (disposing && !relay.HasBegun) inner.Dispose();
        base.Dispose(disposing);
    }
}
