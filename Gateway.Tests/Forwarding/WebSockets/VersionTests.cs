using System.Net;
using System.Net.WebSockets;
using Gateway.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gateway.Tests.Forwarding.WebSockets;

/// <summary>WebSockets over HTTP/1.1 and HTTP/2 (RFC 8441), on either side.</summary>
public sealed class VersionTests
{
    private const string OverHttp2 = """ "DownstreamHttpVersion": "2.0", "DownstreamHttpVersionPolicy": "RequestVersionExact" """;

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.1", "1.1", "")]
    [InlineData("1.1", "2.0", "")]
    [InlineData("2.0", "1.1", "")]
    [InlineData("2.0", "2.0", "")]
    [InlineData("2.0", "1.1", """ "UpstreamHttpMethod": ["GET"] """)]
    [InlineData("2.0", "1.1", """ "UpstreamHttpMethod": ["CONNECT"] """)]
    public async Task Talks_over_either_version_on_either_side(string client, string downstream, string more)
    {
        await using var service = await StubService.StartAsync(Talk.EchoAsync, downstream == "2.0" ? HttpProtocols.Http2 : HttpProtocols.Http1);
        service.ReadsBodies = false;
        var route = TestGateway.Route(service.Port, "/a/{all}", "/d/{all}", string.Join(", ", new[] { more, downstream == "2.0" ? OverHttp2 : "" }.Where(m => m.Length > 0)));
        await using var gateway = await StartAsync(route, client);

        using var socket = await gateway.ConnectAsync("/a/x?y=1", version: Version.Parse(client));
        var heard = await socket.EchoOfAsync("hello");
        await socket.CloseAsync((WebSocketCloseStatus)4004, "done", Stopping);

        Assert.Equal("hello", heard);
        Assert.Equal((4004, "done"), ((int)socket.CloseStatus!.Value, socket.CloseStatusDescription));
        Assert.Equal(("/d/x?y=1", $"HTTP/{(downstream == "2.0" ? "2" : "1.1")}"), (service.Only.Target, service.Only.Protocol));
    }

    [Fact]
    public async Task Finds_the_same_route_for_either_version()
    {
        await using var right = await StubService.StartAsync(Talk.EchoAsync);
        await using var wrong = await StubService.StartAsync(Talk.EchoAsync);
        right.ReadsBodies = wrong.ReadsBodies = false;
        await using var gateway = await StartAsync(
            $"{TestGateway.Route(right.Port, "/chat", "/chat", """ "UpstreamHttpMethod": ["GET"] """)}, {TestGateway.Route(wrong.Port, "/{all}", "/{all}")}", "2.0");

        using var socket = await gateway.ConnectAsync("/chat", version: HttpVersion.Version20);

        Assert.Equal("hello", await socket.EchoOfAsync("hello"));
        Assert.Empty(wrong.Seen);
    }

    [Fact]
    public async Task Refuses_an_extended_CONNECT_like_any_request()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(TestGateway.Route(service.Port, "/a", "/d", """ "SecurityOptions": { "IPBlockedList": ["127.0.0.1"] } """), "2.0");

        var failure = await Assert.ThrowsAsync<WebSocketException>(() => gateway.ConnectAsync("/a", version: HttpVersion.Version20));

        Assert.Contains("403", failure.Message, StringComparison.Ordinal);
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Tells_a_client_of_HTTP_2_1001_when_the_service_breaks_off()
    {
        await using var service = RawService.Start(async connection =>
        {
            await connection.AcceptWebSocketAsync();
            await connection.Stream.WriteAsync((byte[])[0x81, 2, (byte)'h', (byte)'i'], connection.Stopping);
        });
        await using var gateway = await StartAsync(TestGateway.Route(service.Port, "/a", "/d"), "2.0");

        using var socket = await gateway.ConnectAsync("/a", version: HttpVersion.Version20);

        Assert.Equal((1001, "The service broke off the connection"), await socket.HearCloseAsync());
    }

    private static Task<TestGateway> StartAsync(string routes, string version) => TestGateway.StartAsync($"{{ \"Routes\": [ {routes} ] }}",
        settings: [("urls", ""), ("Kestrel:Endpoints:Ws:Url", "http://127.0.0.1:0"), ("Kestrel:Endpoints:Ws:Protocols", version == "2.0" ? "Http2" : "Http1")]);
}
