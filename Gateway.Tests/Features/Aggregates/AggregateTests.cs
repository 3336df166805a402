using System.IO.Compression;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Gateway.Configuration;
using Gateway.Tests.Features.Authentication;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Aggregates;

/// <summary>Simple aggregates: the rows of contract 02 §7.1, as 00 amends them.</summary>
public sealed class AggregateTests
{
    [Theory]
    [InlineData("t l", "200", """{"t":{"p":"/tom/7"},"l":{"p":"/laura"}}""")]
    [InlineData("l t", "200", """{"l":{"p":"/laura"},"t":{"p":"/tom/7"}}""")]
    [InlineData("nf l", "200", """{"nf":"nope","l":{"p":"/laura"}}""")]
    [InlineData("empty l", "200", """{"empty":null,"l":{"p":"/laura"}}""")]
    [InlineData("txt l", "200", """{"txt":"hello \"you\"","l":{"p":"/laura"}}""")]
    [InlineData("latin l", "200", """{"latin":"caf\u00E9","l":{"p":"/laura"}}""")]
    [InlineData("half l", "200", """{"half":"{\u0022a\u0022:","l":{"p":"/laura"}}""")]
    [InlineData("none", "200", "")]
    [InlineData("l ref", "502", null)]
    [InlineData("l slow", "503", null)]
    [InlineData("l claims", "403", null)]
    [InlineData("ref claims", "502", null)]
    [InlineData("claims ref", "403", null)]
    public async Task Puts_the_answers_of_its_members_together(string keys, string status, string? body)
    {
        await using var service = await StubService.StartAsync(AnswerAsync);
        await using var gateway = await StartAsync(service, $$""" "UpstreamPathTemplate": "/all/{id}", "RouteKeys": [ {{(keys == "none" ? "" : Quoted(keys))}} ] """);

        using var answer = await gateway.GetAsync("/all/7");

        Assert.Equal(status, $"{(int)answer.StatusCode}");
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (body is null) Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        else if (body.Length == 0) Assert.Equal("", text);
        else Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(body).RootElement, JsonDocument.Parse(text).RootElement), text);
    }

    [Fact]
    public async Task Answers_with_plain_json_of_known_length_and_none_of_the_members_headers()
    {
        await using var service = await StubService.StartAsync(AnswerAsync);
        await using var gateway = await StartAsync(service, """ "UpstreamPathTemplate": "/all/{id}", "RouteKeys": [ "t", "l" ] """);

        using var answer = await gateway.GetAsync("/all/7");
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal("""{"t":{"p":"/tom/7"},"l":{"p":"/laura"}}""", body);
        Assert.Equal("OK", answer.ReasonPhrase);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(body.Length, answer.Content.Headers.ContentLength);
        Assert.False(answer.Headers.Contains("X-Service"));
    }

    [Fact]
    public async Task Passes_the_answer_of_a_single_member_on_unchanged()
    {
        await using var service = await StubService.StartAsync(AnswerAsync);
        await using var gateway = await StartAsync(service, """ "UpstreamPathTemplate": "/all/{id}", "RouteKeys": [ "nf" ] """);

        using var answer = await gateway.GetAsync("/all/7");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("nope", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["yes"], answer.Headers.GetValues("X-Service"));
    }

    [Fact]
    public async Task Gives_each_member_the_clients_headers_query_and_body()
    {
        await using var service = await StubService.StartAsync(AnswerAsync);
        await using var gateway = await StartAsync(service, """ "UpstreamPathTemplate": "/all/{id}", "UpstreamHttpMethod": [ "Post" ], "RouteKeys": [ "t", "l" ] """);
        var request = new HttpRequestMessage(HttpMethod.Post, "/all/7?q=1&id=2") { Content = new StreamContent(new MemoryStream("chunks"u8.ToArray())) };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Add("X-Client", "me");
        request.Headers.Add("Range", "bytes=0-1");

        using var answer = await gateway.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, service.Seen.Count);
        Assert.All(service.Seen, seen =>
        {
            Assert.Equal(("POST", "?q=1", "chunks", "me"), (seen.Method, seen.Query, seen.Text, seen["X-Client"]));
            Assert.Null(seen["Range"]);
        });
    }

    [Fact]
    public async Task Lets_each_member_ask_who_is_calling()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync(AnswerAsync);
        var routes = string.Join(", ", "abcdefgh".Select(c => TestGateway.Route(service.Port, $"/{c}", $"/{c}", $$""" "Key": "{{c}}", {{AuthenticatedRequests.ByBearer}} """)));
        await using var gateway = await TestGateway.StartAsync($$"""
            { "Routes": [ {{routes}} ], "Aggregates": [ { "UpstreamPathTemplate": "/all", "RouteKeys": [ {{Quoted("a b c d e f g h")}} ] } ] }
            """, Schemes.Jwt(issuer));

        using var anonymous = await gateway.GetAsync("/all", token: null);
        using var known = await gateway.GetAsync("/all", issuer.Jwt());

        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal("Bearer realm=\"gateway\"", anonymous.Headers.WwwAuthenticate.ToString());
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        Assert.Equal(8, service.Seen.Count);
    }

    [Fact]
    public async Task Sends_a_conversation_to_its_first_member()
    {
        await using var service = await StubService.StartAsync(async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            await socket.SendAsync(Encoding.UTF8.GetBytes(http.Request.Path.Value!), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        });
        service.ReadsBodies = false;
        await using var gateway = await StartAsync(service, """ "UpstreamPathTemplate": "/all/{id}", "RouteKeys": [ "t", "l" ] """);
        using var client = new ClientWebSocket();

        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{gateway.Port}/all/7"), TestContext.Current.CancellationToken);
        var buffer = new byte[100];
        var received = await client.ReceiveAsync(buffer, TestContext.Current.CancellationToken);

        Assert.Equal("/tom/7", Encoding.UTF8.GetString(buffer, 0, received.Count));
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task Takes_only_its_own_verbs()
    {
        await using var service = await StubService.StartAsync(AnswerAsync);
        await using var byDefault = await StartAsync(service, """ "UpstreamPathTemplate": "/all/{id}", "RouteKeys": [ "l" ] """);
        await using var post = await StartAsync(service, """ "UpstreamPathTemplate": "/all/{id}", "UpstreamHttpMethod": [ "Post" ], "RouteKeys": [ "l" ] """);

        Assert.Equal(HttpStatusCode.NotFound, (await byDefault.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/all/7"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await post.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/all/7"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await post.GetAsync("/all/7")).StatusCode);
    }

    [Fact]
    public async Task Calls_all_members_at_once()
    {
        var both = new CountdownEvent(2);
        await using var service = await StubService.StartAsync(http =>
        {
            both.Signal();
            Assert.True(both.Wait(TimeSpan.FromSeconds(10)), "The other member wasn't called.");
            return http.Response.WriteAsync("{}");
        });
        await using var gateway = await StartAsync(service, """ "UpstreamPathTemplate": "/all/{id}", "RouteKeys": [ "t", "l" ] """);

        using var answer = await gateway.GetAsync("/all/7");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Reads_answers_that_are_compressed_although_it_asked_for_plain_ones()
    {
        await using var service = await StubService.StartAsync(async http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync("""{"zip":1}"""u8.ToArray());
        });
        await using var gateway = await StartAsync(service, """ "UpstreamPathTemplate": "/all/{id}", "RouteKeys": [ "t", "l" ] """);

        using var answer = await gateway.GetAsync("/all/7");

        Assert.Equal("""{"t":{"zip":1},"l":{"zip":1}}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.All(service.Seen, seen => Assert.Equal("identity", seen["Accept-Encoding"]));
    }

    [Fact]
    public async Task Is_a_502_where_a_members_answer_breaks_off()
    {
        await using var service = await StubService.StartAsync(async http =>
        {
            if (http.Request.Path == "/laura")
            {
                http.Response.ContentLength = 100;
                await http.Response.WriteAsync("part");
                await http.Response.Body.FlushAsync();
                http.Abort();
            }
            else await http.Response.WriteAsync("{}");
        });
        await using var gateway = await StartAsync(service, """ "UpstreamPathTemplate": "/all/{id}", "RouteKeys": [ "t", "l" ] """);

        using var answer = await gateway.GetAsync("/all/7");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
    }

    [Fact]
    public async Task Keeps_the_text_and_the_headers_of_a_members_limit()
    {
        await using var service = await StubService.StartAsync(AnswerAsync);
        await using var gateway = await StartAsync(service, """ "UpstreamPathTemplate": "/all/{id}", "RouteKeys": [ "l", "limited" ] """);

        await gateway.GetAsync("/all/7");
        using var answer = await gateway.GetAsync("/all/7");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal("slow down", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Counts_a_member_against_the_limit_of_its_route()
    {
        await using var service = await StubService.StartAsync(AnswerAsync);
        await using var gateway = await StartAsync(service, """ "UpstreamPathTemplate": "/all/{id}", "RouteKeys": [ "l", "limited" ] """);

        await gateway.GetAsync("/limited");
        using var answer = await gateway.GetAsync("/all/7");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
    }

    [Fact]
    public async Task Lets_a_route_come_first_where_both_fit()
    {
        await using var service = await StubService.StartAsync(AnswerAsync);
        await using var gateway = await StartAsync(service, """ "UpstreamPathTemplate": "/laura/{id}", "RouteKeys": [ "t", "l" ] """);

        using var answer = await gateway.GetAsync("/laura");

        Assert.Equal("""{"p":"/laura"}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Does_not_serve_a_member_by_itself_whose_placeholder_only_the_aggregate_fills()
    {
        await using var service = await StubService.StartAsync(AnswerAsync);
        await using var gateway = await StartAsync(service, """ "UpstreamPathTemplate": "/all/{id}", "RouteKeys": [ "t", "l" ] """);

        using var answer = await gateway.GetAsync("/tom");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(gateway.Reloader.State.Problems, p => p.Path == "Routes[0].DownstreamPathTemplate" && p.Severity == Severity.Warning);
    }

    [Theory]
    [InlineData("\"RouteKeys\": [ \"t\", \"l\" ]", "RouteKeys[0]", "asks for '{id}'")]
    [InlineData("\"RouteKeys\": [ \"l\", \"lx\" ]", "RouteKeys[1]", "no route has the key")]
    [InlineData("\"RouteKeys\": [ \"l\", \"own\" ]", "RouteKeys[1]", "RequestIdKey of its own")]
    [InlineData("\"RouteKeys\": [ \"l\", \"nf\" ], \"Aggregator\": \"Nobody\"", "Aggregator", "no aggregator is called 'Nobody'")]
    public async Task Refuses_members_that_it_cannot_call(string more, string path, string message)
    {
        await using var service = await StubService.StartAsync(AnswerAsync);
        var problems = await ConfigurationCheck.ProblemsAsync(Json(service, $$""" "UpstreamPathTemplate": "/all", {{more}} """));

        var problem = problems.OnlyError();
        Assert.Equal($"Aggregates[0].{path}", problem.Path);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Releases_everything_that_its_members_held()
    {
        await using var service = await StubService.StartAsync(AnswerAsync);
        await using var gateway = await StartAsync(service, """ "UpstreamPathTemplate": "/all/{id}", "RouteKeys": [ "t", "l" ] """);
        var before = gateway.Holder.Current!;

        await gateway.GetAsync("/all/7");
        await gateway.ReloadAsync("{}");

        await before.Disposed.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    private static Task<TestGateway> StartAsync(StubService service, string aggregate) => TestGateway.StartAsync(Json(service, aggregate));

    private static string Json(StubService service, string aggregate)
    {
        var closed = FreePorts.Take(1)[0];
        var tom = aggregate.Contains("\"t\"", StringComparison.Ordinal) ? "/tom" : "/tom/{id}"; // by itself it needs the placeholder
        string[] routes =
        [
            TestGateway.Route(service.Port, tom, "/tom/{id}", """ "Key": "t" """),
            TestGateway.Route(service.Port, "/laura", "/laura", """ "Key": "l" """),
            TestGateway.Route(service.Port, "/nf", "/nf", """ "Key": "nf" """),
            TestGateway.Route(service.Port, "/empty", "/empty", """ "Key": "empty" """),
            TestGateway.Route(service.Port, "/txt", "/txt", """ "Key": "txt" """),
            TestGateway.Route(service.Port, "/latin", "/latin", """ "Key": "latin" """),
            TestGateway.Route(service.Port, "/half", "/half", """ "Key": "half" """),
            TestGateway.Route(service.Port, "/slow", "/slow", """ "Key": "slow", "Timeout": 1 """),
            TestGateway.Route(closed, "/ref", "/ref", """ "Key": "ref" """),
            TestGateway.Route(service.Port, "/claims", "/claims", """ "Key": "claims", "RouteClaimsRequirement": { "role": "admin" } """),
            TestGateway.Route(service.Port, "/own", "/own", """ "Key": "own", "RequestIdKey": "X-Own" """),
            TestGateway.Route(service.Port, "/limited", "/limited",
                """ "Key": "limited", "RateLimitOptions": { "Limit": 1, "Period": "1h", "QuotaMessage": "slow down" } """),
        ];
        return $"{{ \"Routes\": [ {string.Join(", ", routes)} ], \"Aggregates\": [ {{ {aggregate} }} ] }}";
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        http.Response.Headers["X-Service"] = "yes";
        var path = http.Request.Path.Value!;
        if (path == "/slow") await new TaskCompletionSource().Task.WaitAsync(http.RequestAborted);
        http.Response.StatusCode = path == "/nf" ? 404 : 200;
        http.Response.ContentType = path == "/latin" ? "text/plain; charset=iso-8859-1" : "application/json";
        await http.Response.Body.WriteAsync(path switch
        {
            "/nf" => "nope"u8.ToArray(),
            "/empty" => [],
            "/txt" => "hello \"you\""u8.ToArray(),
            "/latin" => Encoding.Latin1.GetBytes("café"),
            "/half" => "{\"a\":"u8.ToArray(),
            _ => Encoding.UTF8.GetBytes($$"""{"p":"{{path}}"}"""),
        });
    }

    private static string Quoted(string keys) => string.Join(", ", keys.Split(' ').Select(k => $"\"{k}\""));
}
