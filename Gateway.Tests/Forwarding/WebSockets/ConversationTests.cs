using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Gateway.Tests.Support;

namespace Gateway.Tests.Forwarding.WebSockets;

/// <summary>What is said on a WebSocket arrives as it was said, in both directions (contract 08 §7).</summary>
public sealed class ConversationTests
{
    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(70_000)]
    [InlineData(5_000_000)]
    public async Task Passes_messages_of_any_size_unchanged(int size)
    {
        await using var service = await StartAsync(Talk.EchoAsync);
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d");
        using var client = await gateway.ConnectAsync("/a");
        var message = RandomNumberGenerator.GetBytes(size);

        var sending = client.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, Stopping);
        var heard = await client.HearBytesAsync();
        await sending;

        Assert.Equal(message, heard);
    }

    [Fact]
    public async Task Passes_the_pieces_of_a_message_before_it_ends()
    {
        await using var service = await StartAsync(Talk.EchoAsync);
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d");
        using var client = await gateway.ConnectAsync("/a");
        var buffer = new byte[100];

        foreach (var (text, isLast) in new[] { ("one ", false), ("two ", false), ("three", true) })
        {
            await client.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, isLast, Stopping);
            var piece = await client.ReceiveAsync(buffer, Stopping);

            Assert.Equal((text, isLast, WebSocketMessageType.Text), (Encoding.UTF8.GetString(buffer, 0, piece.Count), piece.EndOfMessage, piece.MessageType));
        }
    }

    [Fact]
    public async Task Leaves_compression_to_the_two_ends()
    {
        await using var service = await StartAsync(async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { DangerousEnableCompression = true });
            await socket.SayAsync(await socket.HearAsync());
            await socket.HearCloseAsync();
        });
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d");
        using var client = await gateway.ConnectAsync("/a", options => options.DangerousDeflateOptions = new WebSocketDeflateOptions());
        var text = new string('x', 100_000);

        var heard = await client.EchoOfAsync(text);

        Assert.Equal(text, heard);
        Assert.Contains("permessage-deflate", client.HttpResponseHeaders!["Sec-WebSocket-Extensions"].Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_pings_to_the_two_ends()
    {
        var pong = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = RawService.Start(async connection =>
        {
            await connection.AcceptWebSocketAsync();
            await connection.Stream.WriteAsync((byte[])[0x89, 2, (byte)'h', (byte)'i'], connection.Stopping);
            var frame = new byte[8];
            await connection.Stream.ReadExactlyAsync(frame, connection.Stopping);
            pong.SetResult(frame);
            await connection.UntilClosedAsync();
        });
        await using var gateway = await TestGateway.StartAsync(service.Port, "/a", "/d");
        using var client = await gateway.ConnectAsync("/a");

        var listening = client.HearCloseAsync(); // a client answers pings while it listens
        var frame = await pong.Task.WaitAsync(Stopping);
        client.Abort();

        Assert.Equal([0x8A, 0x82], frame[..2]);
        Assert.Equal("hi", Encoding.ASCII.GetString([(byte)(frame[6] ^ frame[2]), (byte)(frame[7] ^ frame[3])]));
        await Assert.ThrowsAnyAsync<Exception>(() => listening);
    }

    [Fact]
    public async Task Keeps_the_code_and_reason_by_which_the_client_closes()
    {
        var closed = new TaskCompletionSource<(int, string?)>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = await StartAsync(async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            closed.SetResult(await socket.HearCloseAsync());
            await socket.CloseOutputAsync((WebSocketCloseStatus)4002, "good-bye", Stopping);
        });
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d");
        using var client = await gateway.ConnectAsync("/a");

        await client.CloseAsync((WebSocketCloseStatus)3001, "müde", Stopping);

        Assert.Equal((3001, "müde"), await closed.Task.WaitAsync(Stopping));
        Assert.Equal((4002, "good-bye"), ((int)client.CloseStatus!.Value, client.CloseStatusDescription));
    }

    [Fact]
    public async Task Offers_the_service_the_clients_sub_protocols_and_headers()
    {
        await using var service = await StartAsync(async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync("v2.chat");
            await socket.HearCloseAsync();
        });
        await using var gateway = await TestGateway.StartAsync(service, "/{all}", "/d/{all}",
            """ "UpstreamHeaderTransform": { "X-Room": "blue" }, "DownstreamHeaderTransform": { "X-Answer": "yes" } """);

        using var client = await gateway.ConnectAsync("/a?x=1&y=%2F", options =>
        {
            options.AddSubProtocol("v1.chat");
            options.AddSubProtocol("v2.chat");
            options.SetRequestHeader("Origin", "https://shop.example");
            options.SetRequestHeader("Cookie", "sid=1");
        });

        Assert.Equal("v2.chat", client.SubProtocol);
        Assert.Equal("yes", client.HttpResponseHeaders!["X-Answer"].Single());
        Assert.Equal("/d/a?x=1&y=%2F", service.Only.Target);
        Assert.Equal("v1.chat, v2.chat", service.Only["Sec-WebSocket-Protocol"]);
        Assert.Equal(("https://shop.example", "sid=1", "blue", "127.0.0.1"),
            (service.Only["Origin"], service.Only["Cookie"], service.Only["X-Room"], service.Only["X-Forwarded-For"]));
    }

    [Fact]
    public async Task Passes_the_services_refusal_with_its_body()
    {
        await using var service = await StubService.StartAsync(418, """{"why":"full"}""");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d");

        using var answer = await gateway.SendAsync(Talk.Upgrade("/a"));

        Assert.Equal(418, (int)answer.StatusCode);
        Assert.Equal("""{"why":"full"}""", await answer.Content.ReadAsStringAsync(Stopping));
    }

    [Fact]
    public async Task Begins_by_GET_whatever_verb_the_routes_requests_are_sent_with()
    {
        await using var service = await StartAsync(Talk.EchoAsync);
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "DownstreamHttpMethod": "POST" """);
        using var client = await gateway.ConnectAsync("/a");

        Assert.Equal("hello", await client.EchoOfAsync("hello"));
        Assert.Equal("GET", service.Only.Method);
    }

    [Fact]
    public async Task Goes_on_while_the_configuration_changes()
    {
        await using var service = await StartAsync(Talk.EchoAsync);
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d");
        using var client = await gateway.ConnectAsync("/a");

        await gateway.ReloadAsync($$"""{ "Routes": [ {{TestGateway.Route(service.Port, "/b", "/d")}} ] }""");

        Assert.Equal(HttpStatusCode.NotFound, await gateway.RefusedAsync("/a"));
        Assert.Equal("still here", await client.EchoOfAsync("still here"));
    }

    [Fact]
    public async Task Holds_a_thousand_conversations_at_once()
    {
        const int Many = 1000, AtOnce = 50;
        await using var service = await StartAsync(Talk.EchoAsync);
        await using var gateway = await TestGateway.StartAsync(service, "/{room}", "/{room}");
        var clients = new ClientWebSocket[Many];
        var numbers = Enumerable.Range(0, Many).ToArray();
        var some = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Stopping };

        await Parallel.ForEachAsync(numbers, some, async (i, _) => clients[i] = await gateway.ConnectAsync($"/{i}"));
        var answers = new string[Many];
        await Parallel.ForEachAsync(numbers, some, async (i, _) => answers[i] = await clients[i].EchoOfAsync($"message {i}"));
        await Parallel.ForEachAsync(numbers, some, async (i, stopping) => await clients[i].CloseAsync(WebSocketCloseStatus.NormalClosure, null, stopping));

        Assert.Equal(numbers.Select(i => $"message {i}"), answers);
        Assert.Equal(Many, service.Seen.Count);
        foreach (var client in clients) client.Dispose();
    }

    private static async Task<StubService> StartAsync(RequestDelegate answer)
    {
        var service = await StubService.StartAsync(answer);
        service.ReadsBodies = false;
        return service;
    }
}
