using System.Net;
using System.Net.WebSockets;
using System.Text;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.DelegatingHandlers;

/// <summary>The line that <c>RequestLogging</c> writes for each call, and what never stands in it.</summary>
public sealed class RequestLoggingTests : IDisposable
{
    private const string Listed = """ "DelegatingHandlers": [ "RequestLogging" ] """;

    private readonly LogRecorder _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Tells_what_was_called_with_what_result()
    {
        await using var service = await StubService.StartAsync(201, "12345678");
        await using var gateway = await StartAsync(service, $$""" {{Listed}}, "Key": "orders", "RequestIdKey": "X-Rid" """);
        var request = new HttpRequestMessage(HttpMethod.Post, "/a") { Content = new StringContent("abcde"), Headers = { { "X-Rid", "r1" } } };

        using var answer = await gateway.SendAsync(request);
        await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var line = await LineAsync();
        Assert.Equal(LogLevel.Information, line.Level);
        Assert.Equal("r1", line.Values["RequestId"]);
        Assert.Equal("orders", line.Values["Route"]);
        Assert.Equal($"127.0.0.1:{service.Port}", line.Values["Destination"]);
        Assert.Equal("POST", line.Values["Method"]);
        Assert.Equal("/a", line.Values["Path"]);
        Assert.Equal(201, line.Values["Status"]);
        Assert.Equal(5L, line.Values["RequestBytes"]);
        Assert.Equal(8L, line.Values["ResponseBytes"]);
        Assert.Equal("completed", line.Values["Outcome"]);
        Assert.Null(line.Values["Subject"]);
        Assert.InRange((double)line.Values["ElapsedMs"]!, 0.001, 60_000);
    }

    [Fact]
    public async Task Writes_when_the_last_byte_has_passed_and_not_before()
    {
        var release = new TaskCompletionSource();
        await using var service = await StubService.StartAsync(async http =>
        {
            await http.Response.WriteAsync("first ");
            await http.Response.Body.FlushAsync();
            await release.Task;
            await http.Response.WriteAsync("last");
        });
        await using var gateway = await StartAsync(service, Listed);

        using var answer = await gateway.GetAsync("/a");
        var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await body.ReadExactlyAsync(new byte[6], TestContext.Current.CancellationToken);
        var before = Lines();
        release.SetResult();
        await body.ReadExactlyAsync(new byte[4], TestContext.Current.CancellationToken);

        Assert.Empty(before);
        Assert.Equal(10L, (await LineAsync()).Values["ResponseBytes"]);
    }

    [Fact]
    public async Task Tells_of_a_call_that_failed_by_the_refusal_that_the_client_got()
    {
        await using var gateway = await TestGateway.StartAsync(FreePorts.Take(1)[0], "/a", "/d", Listed, configure: Register);

        using var answer = await gateway.GetAsync("/a");

        var line = await LineAsync();
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal(502, line.Values["Status"]);
        Assert.Equal("connection_failed", line.Values["Outcome"]);
    }

    [Fact]
    public async Task Tells_of_an_answer_that_broke_off()
    {
        await using var service = RawService.Start("HTTP/1.1 200 OK\nContent-Length: 100\n\npart");
        await using var gateway = await TestGateway.StartAsync(service.Port, "/a", "/d", Listed, configure: Register);

        await RawClient.ExchangeAsync(gateway.Port, "GET /a HTTP/1.1\nHost: x\nConnection: close\n\n");

        Assert.Equal("connection_failed", (await LineAsync()).Values["Outcome"]);
    }

    [Fact]
    public async Task Never_writes_query_values_tokens_or_cookies()
    {
        await using var service = await StubService.StartAsync(http =>
        {
            http.Response.Headers.SetCookie = "sid=SECRET";
            http.Response.Headers.Location = "/next?code=SECRET";
            return Task.CompletedTask;
        });
        await using var gateway = await StartAsync(service, $$"""
            {{Listed}}, "RequestLogging": {
              "RequestHeaders": [ "Authorization", "Cookie", "X-Api-Key", "Referer", "X-Odd", "X-Shown" ], "ResponseHeaders": [ "Set-Cookie", "Location" ] }
            """);
        var request = new HttpRequestMessage(HttpMethod.Get, "/a?access_token=SECRET");
        foreach (var (name, value) in new[]
        {
            ("Authorization", "Bearer SECRET"), ("Cookie", "sid=SECRET"), ("X-Api-Key", "SECRET"), ("Referer", "http://x/y?code=SECRET"),
            ("X-Odd", "eyJSECRET.eyJSECRET.SECRET"), ("X-Shown", "shown"),
        }) request.Headers.TryAddWithoutValidation(name, value);

        await gateway.SendAsync(request);

        var line = await LineAsync();
        Assert.DoesNotContain("SECRET", line.Message, StringComparison.Ordinal);
        Assert.Equal("Authorization=[redacted]; Cookie=[redacted]; X-Api-Key=[redacted]; Referer=http://x/y; X-Odd=[redacted]; X-Shown=shown", line.Values["RequestHeaders"]);
        Assert.Equal("Set-Cookie=[redacted]; Location=/next", line.Values["ResponseHeaders"]);
        Assert.DoesNotContain(_log.Entries, e => e.Category.StartsWith("Gateway.", StringComparison.Ordinal) && e.Message.Contains("SECRET", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(""" "RequestLogging": { "Level": "Warning" } """, "")]
    [InlineData("", """ "RequestLogging": { "Level": "Warning" } """)]
    [InlineData("", """ "DelegatingHandlers": [ "RequestLogging" ], "RequestLogging": { "Level": "Warning" } """)]
    public async Task Runs_where_its_section_stands_at_the_level_that_it_names(string more, string global)
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, more, global);

        await gateway.GetAsync("/a");

        Assert.Equal(LogLevel.Warning, (await LineAsync()).Level);
    }

    [Fact]
    public async Task Gives_the_request_id_back_under_the_key_of_the_route()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, $$""" {{Listed}}, "RequestIdKey": "X-Rid" """);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal([service.Only["X-Rid"]!], answer.Headers.GetValues("X-Rid"));
    }

    [Fact]
    public async Task Continues_the_clients_trace()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, Listed);
        var request = new HttpRequestMessage(HttpMethod.Get, "/a");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        await gateway.SendAsync(request);

        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", service.Only["traceparent"], StringComparison.Ordinal);
        Assert.DoesNotContain("b7ad6b7169203331", service.Only["traceparent"]!, StringComparison.Ordinal);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", (await LineAsync()).Values["TraceId"]);
    }

    [Fact]
    public async Task Counts_a_chunked_upload_and_lets_trailing_bytes_through_unchanged()
    {
        await using var service = await StubService.StartAsync();
        service.Answer = http => http.Response.WriteAsync(service.Last.Text);
        await using var gateway = await StartAsync(service, Listed);
        var body = new string('x', 200_000);
        var request = new HttpRequestMessage(HttpMethod.Post, "/a") { Content = new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes(body))) };
        request.Headers.TransferEncodingChunked = true;

        using var answer = await gateway.SendAsync(request);

        Assert.Equal(body, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var line = await LineAsync();
        Assert.Equal(200_000L, line.Values["RequestBytes"]);
        Assert.Equal(200_000L, line.Values["ResponseBytes"]);
    }

    [Fact]
    public async Task Counts_both_directions_of_a_conversation()
    {
        await using var service = await StubService.StartAsync(async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[100];
            var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        });
        service.ReadsBodies = false;
        await using var gateway = await StartAsync(service, Listed);
        using var client = new ClientWebSocket();

        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{gateway.Port}/a"), TestContext.Current.CancellationToken);
        await client.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        var answer = await client.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);

        Assert.Equal(5, answer.Count);
        var line = await LineAsync();
        Assert.Equal(101, line.Values["Status"]);
        Assert.InRange((long)line.Values["RequestBytes"]!, 5 + 6, 100); // the text and the head of its frame, and a close frame
        Assert.InRange((long)line.Values["ResponseBytes"]!, 5 + 2, 100);
    }

    [Fact]
    public async Task Refuses_a_level_that_logs_nothing()
    {
        var problems = await ConfigurationCheck.ProblemsOfRouteAsync(""" "RequestLogging": { "Level": "None" } """);

        Assert.Equal("Routes[0].RequestLogging.Level", problems.OnlyError().Path);
    }

    private Task<TestGateway> StartAsync(StubService service, string more = "", string global = "") =>
        TestGateway.StartAsync(service, "/a", "/d", more, global, configure: Register);

    private void Register(IServiceCollection services) => services.AddSingleton<ILoggerProvider>(_log);

    private IReadOnlyList<LogEntry> Lines() => [.. _log.Entries.Where(e => e.Event.Name == "Called")];

    private async Task<LogEntry> LineAsync()
    {
        await Eventually.TrueAsync(() => Lines().Count > 0, "a line for the call");
        return Assert.Single(Lines());
    }
}
