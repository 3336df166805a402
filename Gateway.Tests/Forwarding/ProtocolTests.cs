using System.Net;
using System.Net.WebSockets;
using System.Text;
using Gateway.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gateway.Tests.Forwarding;

/// <summary>HTTP/1.1, HTTP/2 and h2c, gRPC with trailers, WebSockets and server-sent events pass (contract 08 §7, §8).</summary>
public abstract class ProtocolTests(Lane lane) : LaneTests(lane)
{
    [Fact]
    public async Task Speaks_h2c_to_a_service_where_the_route_says_so()
    {
        await using var service = await StubService.StartAsync(protocols: HttpProtocols.Http2);
        await using var gateway = await StartAsync(service, "/a", "/d",
            """ "DownstreamHttpVersion": "2.0", "DownstreamHttpVersionPolicy": "RequestVersionExact" """);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("HTTP/2", service.Only.Protocol);
    }

    [Fact]
    public async Task Grpc_passes_with_its_trailers()
    {
        byte[] message = [0, 0, 0, 0, 3, 1, 2, 3];
        await using var service = await StubService.StartAsync(
            async http =>
            {
                http.Response.ContentType = "application/grpc";
                http.Response.DeclareTrailer("grpc-status");
                await http.Response.Body.WriteAsync(message);
                http.Response.AppendTrailer("grpc-status", "0");
            },
            HttpProtocols.Http2);
        await using var gateway = await StartAsync(
            $$"""
            { "Routes": [ {{TestGateway.Route(service.Port, "/{all}", "/{all}", """ "DownstreamHttpVersion": "2.0", "DownstreamHttpVersionPolicy": "RequestVersionExact" """)}} ] }
            """,
            settings: [("urls", ""), ("Kestrel:Endpoints:Grpc:Url", "http://127.0.0.1:0"), ("Kestrel:Endpoints:Grpc:Protocols", "Http2")]);
        var request = new HttpRequestMessage(HttpMethod.Post, "/shop.Cart/Get")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(message) { Headers = { ContentType = new("application/grpc") } },
            Headers = { { "TE", "trailers" } },
        };

        using var answer = await gateway.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync(Stopping);

        Assert.Equal(message, body);
        Assert.Equal(["0"], answer.TrailingHeaders.GetValues("grpc-status"));
        Assert.Equal("trailers", service.Only["TE"]);
        Assert.Equal("/shop.Cart/Get", service.Only.Path);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task A_websocket_talks_through_the_gateway_and_keeps_its_close_code(string scheme)
    {
        await using var service = await StubService.StartAsync(async http =>
        {
            if (!http.WebSockets.IsWebSocketRequest) return;
            using var socket = await http.WebSockets.AcceptWebSocketAsync("chat");
            var buffer = new byte[100];
            var received = await socket.ReceiveAsync(buffer, Stopping);
            await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Text, true, Stopping);
            await socket.CloseAsync((WebSocketCloseStatus)4001, "enough", Stopping);
        });
        service.ReadsBodies = false;
        await using var gateway = await StartAsync($$"""
            { "Routes": [ { "UpstreamPathTemplate": "/chat/{room}", "DownstreamPathTemplate": "/{room}", "DownstreamScheme": "{{scheme}}",
                "DownstreamHostAndPorts": [ { "Host": "127.0.0.1", "Port": {{service.Port}} } ] } ] }
            """);
        using var client = new ClientWebSocket();
        client.Options.AddSubProtocol("chat");

        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{gateway.Port}/chat/blue?x=1"), Stopping);
        await client.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, Stopping);
        var buffer = new byte[100];
        var received = await client.ReceiveAsync(buffer, Stopping);
        var text = Encoding.UTF8.GetString(buffer, 0, received.Count);
        await client.ReceiveAsync(buffer, Stopping);

        Assert.Equal("hello", text);
        Assert.Equal("chat", client.SubProtocol);
        Assert.Equal((4001, "enough"), ((int)client.CloseStatus!.Value, client.CloseStatusDescription));
        Assert.Equal("/blue?x=1", service.Only.Target);
    }

    [Fact]
    public async Task A_websocket_without_a_route_is_a_404()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, "/a", "/d");
        using var client = new ClientWebSocket();
        client.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(new Uri($"ws://127.0.0.1:{gateway.Port}/nope"), Stopping));

        Assert.Equal(HttpStatusCode.NotFound, client.HttpStatusCode);
    }

    [Fact]
    public async Task A_websocket_whose_service_is_down_is_a_502()
    {
        var gone = await StubService.StartAsync();
        await gone.DisposeAsync();
        await using var gateway = await StartAsync(gone, "/a", "/d");
        using var client = new ClientWebSocket();
        client.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(new Uri($"ws://127.0.0.1:{gateway.Port}/a"), Stopping));

        Assert.Equal(HttpStatusCode.BadGateway, client.HttpStatusCode);
    }

    public sealed class OverTheFastLane() : ProtocolTests(Lane.Fast);

    public sealed class OverThePlatform() : ProtocolTests(Lane.Platform);
}
