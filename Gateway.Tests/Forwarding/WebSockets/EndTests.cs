using System.Diagnostics;
using System.Net.WebSockets;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Forwarding.WebSockets;

/// <summary>However a WebSocket ends, the side that is still there is told so (contract 08 §7: 1001 where the other broke off).</summary>
public sealed class EndTests
{
    private readonly TaskCompletionSource<(int Code, string? Reason)> _atService = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tells_the_client_1001_when_the_service_breaks_off(bool isReset)
    {
        await using var service = RawService.Start(async connection =>
        {
            await connection.AcceptWebSocketAsync();
            await connection.Stream.WriteAsync((byte[])[0x81, 2, (byte)'h', (byte)'i'], connection.Stopping);
            var acknowledged = new byte[8];
            await connection.Stream.ReadExactlyAsync(acknowledged, connection.Stopping);
            if (isReset) connection.Reset();
        });
        await using var gateway = await TestGateway.StartAsync(service.Port, "/a", "/d");
        using var client = await gateway.ConnectAsync("/a");

        Assert.Equal("hi", await client.HearAsync());
        await client.SayAsync("go");

        Assert.Equal((1001, "The service broke off the connection"), await client.HearCloseAsync());
    }

    [Fact]
    public async Task Puts_no_Close_into_the_middle_of_a_frame()
    {
        await using var service = RawService.Start(async connection =>
        {
            await connection.AcceptWebSocketAsync();
            await connection.Stream.WriteAsync((byte[])[0x81, 100, (byte)'h', (byte)'i'], connection.Stopping);
        });
        await using var gateway = await TestGateway.StartAsync(service.Port, "/a", "/d");
        using var client = await gateway.ConnectAsync("/a");

        var failure = await Assert.ThrowsAsync<WebSocketException>(client.HearCloseAsync);

        Assert.Equal(WebSocketError.ConnectionClosedPrematurely, failure.WebSocketErrorCode);
    }

    [Fact]
    public async Task Tells_the_service_1001_when_the_client_breaks_off()
    {
        await using var service = await ListeningAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d");
        using var client = await gateway.ConnectAsync("/a");
        await client.SayAsync("hello");
        Assert.Equal("heard", await client.HearAsync());

        client.Abort();

        Assert.Equal((1001, "The client broke off the connection"), await _atService.Task.WaitAsync(Stopping));
    }

    [Fact]
    public async Task Lets_the_client_hear_a_Close_that_the_service_does_not_wait_for_to_be_answered()
    {
        await using var service = await StubService.StartAsync(async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            await socket.CloseOutputAsync((WebSocketCloseStatus)4003, "full", Stopping);
        });
        service.ReadsBodies = false;
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d");
        using var client = await gateway.ConnectAsync("/a");
        await client.SayAsync("already on its way");

        Assert.Equal((4003, "full"), await client.HearCloseAsync());
    }

    [Fact]
    public async Task Closes_with_1001_when_nothing_was_sent_for_as_long_as_the_route_says()
    {
        var time = new FakeTimeProvider();
        await using var service = await ListeningAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "WebSocketOptions": { "IdleTimeoutSeconds": 30 } """,
            configure: services => services.AddSingleton<TimeProvider>(time));
        using var client = await gateway.ConnectAsync("/a");

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("heard", await client.EchoOfAsync("hello"));
            time.Advance(TimeSpan.FromSeconds(29));
        }
        Assert.Equal("heard", await client.EchoOfAsync("still there"));
        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal((1001, "Nothing was sent for too long"), await client.HearCloseAsync());
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Stopping);
        Assert.Equal((1001, "Nothing was sent for too long"), await _atService.Task.WaitAsync(Stopping));
    }

    [Fact]
    public async Task Closes_with_1001_when_the_gateway_stops_and_does_not_keep_it_from_stopping()
    {
        await using var service = await ListeningAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d");
        using var client = await gateway.ConnectAsync("/a");
        Assert.Equal("heard", await client.EchoOfAsync("hello"));
        var watch = Stopwatch.StartNew();

        var stopping = gateway.Services.GetRequiredService<IHost>().StopAsync(Stopping);
        var told = await client.HearCloseAsync();
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Stopping);
        await stopping;

        Assert.Equal((1001, "The gateway is stopping"), told);
        Assert.Equal((1001, "The gateway is stopping"), await _atService.Task.WaitAsync(Stopping));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20)); // an ended drain, and not the host's patience of 30 s
    }

    [Fact]
    public async Task Ends_a_conversation_whose_sides_do_not_answer_the_Close()
    {
        await using var service = RawService.Start(async connection =>
        {
            await connection.AcceptWebSocketAsync();
            await connection.Stream.WriteAsync((byte[])[0x81, 2, (byte)'h', (byte)'i'], connection.Stopping);
            await connection.UntilClosedAsync();
        });
        await using var gateway = await TestGateway.StartAsync(service.Port, "/a", "/d");
        using var client = await gateway.ConnectAsync("/a");
        Assert.Equal("hi", await client.HearAsync());

        await gateway.Services.GetRequiredService<IHost>().StopAsync(Stopping);

        Assert.Equal((1001, "The gateway is stopping"), await client.HearCloseAsync());
    }

    /// <summary>A service that answers every message with "heard", and keeps how it was closed.</summary>
    private async Task<StubService> ListeningAsync()
    {
        var service = await StubService.StartAsync(async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[100];
            while (await socket.ReceiveAsync(buffer, Stopping) is { MessageType: not WebSocketMessageType.Close }) await socket.SayAsync("heard");
            _atService.TrySetResult(((int)socket.CloseStatus!.Value, socket.CloseStatusDescription));
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Stopping);
        });
        service.ReadsBodies = false;
        return service;
    }
}
