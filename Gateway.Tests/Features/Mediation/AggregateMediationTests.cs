using System.IO.Compression;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Mediation;

/// <summary>The <c>Mediation</c> section of an aggregate: each member's answer first, then the whole.</summary>
public sealed class AggregateMediationTests
{
    private const string TwoMembers = """ "RouteKeys": [ "user", "orders" ] """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mediates_each_members_answer_first_and_then_the_whole()
    {
        await using var service = await StubService.StartAsync(200, """{"order_id":1,"secret":"s"}""");
        await using var gateway = await StartAsync(service, $$"""
            {{TwoMembers}}, "Mediation": { "Response": { "Steps": [ { "Rename": { "user.order_id": "id" } }, { "Remove": [ "..secret" ] }, { "Wrap": "page" } ] } }
            """, user: """, "Mediation": { "Response": { "Steps": [ { "Set": { "order_id": 7 } } ] } } """);

        using var answer = await gateway.GetAsync("/page");

        Assert.Equal("""{"page":{"user":{"id":7},"orders":{"order_id":1}}}""", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(50, answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Mediates_the_request_before_the_members_see_it()
    {
        await using var service = await StubService.StartAsync(200, "{}");
        await using var gateway = await StartAsync(service, $$"""
            {{TwoMembers}}, "UpstreamHttpMethod": [ "Post" ],
            "Mediation": { "Request": { "Steps": [ { "Rename": { "q": "query" } }, { "Header": { "X-From": "page" } } ] } }
            """, user: """, "Mediation": { "Request": { "Steps": [ { "Set": { "user": true } } ] } } """);

        using var answer = await PostAsync(gateway, """{"q":"a"}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["""{"query":"a","user":true}""", """{"query":"a"}"""], service.Seen.Select(s => s.Text).Order(StringComparer.Ordinal));
        Assert.All(service.Seen, seen => Assert.Equal("page", seen["X-From"]));
    }

    [Theory]
    [InlineData("""{"n":1,}""", "application/json", 400)]
    [InlineData("""{"n":1,"n":1}""", "application/json", 400)]
    [InlineData("""{"n":"x"}""", "application/json", 422)]
    [InlineData("n=1", "application/x-www-form-urlencoded", 415)]
    [InlineData("""{"n":1111111111111111111111111111111111111}""", "application/json", 413)]
    public async Task Refuses_a_bad_request_before_any_member_sees_it(string body, string type, int status)
    {
        await using var service = await StubService.StartAsync(200, "{}");
        await using var gateway = await StartAsync(service, $$"""
            {{TwoMembers}}, "UpstreamHttpMethod": [ "Post" ], "Mediation": { "Request": { "MaxBytes": 30, "Steps": [ { "Convert": { "n": "integer" } } ] } }
            """);

        using var answer = await PostAsync(gateway, body, type);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("mediation_failed", (await ProblemAsync(answer)).GetProperty("code").GetString());
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Gives_the_problem_of_a_whole_that_cannot_be_mediated_and_nothing_of_its_text()
    {
        await using var service = await StubService.StartAsync(200, """{"secret":"top"}""");
        await using var gateway = await StartAsync(service, $$"""
            {{TwoMembers}}, "Mediation": { "Response": { "Steps": [ { "Convert": { "user.secret": "integer" } } ] } }
            """);

        using var answer = await gateway.GetAsync("/page");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("mediation_failed", (await ProblemAsync(answer)).GetProperty("code").GetString());
        Assert.DoesNotContain("top", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_a_502_beyond_the_cap_however_large_the_whole_is()
    {
        await using var service = await StubService.StartAsync(200, $$"""{"text":"{{new string('x', 200_000)}}"}""");
        await using var gateway = await StartAsync(service, $$"""
            {{TwoMembers}}, "Mediation": { "Response": { "MaxBytes": 300000, "Steps": [ { "Remove": [ "user.secret" ] } ] } }
            """);

        using var answer = await gateway.GetAsync("/page");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
    }

    [Fact]
    public async Task Is_a_proper_502_where_the_whole_fails_at_its_very_end()
    {
        await using var service = await StubService.StartAsync(200, $$"""{"text":"{{new string('x', 200_000)}}","n":"x"}""");
        await using var gateway = await StartAsync(service, $$"""
            {{TwoMembers}}, "Mediation": { "Response": { "Steps": [ { "Convert": { "orders.n": "integer" } } ] } }
            """);

        using var answer = await gateway.GetAsync("/page");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
    }

    [Fact]
    public async Task Chooses_by_When_and_says_what_the_answer_depends_on()
    {
        await using var service = await StubService.StartAsync(200, """{ "a_b":1 }""");
        await using var gateway = await StartAsync(service, $$"""
            {{TwoMembers}}, "Mediation": { "Response": [ { "When": { "Header": { "X-Client-Version": "<3" } }, "Steps": [ { "Case": "camel" } ] }, { "Steps": [] } ] }
            """);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/page") { Headers = { { "X-Client-Version", "2" } } };
        using var old = await gateway.SendAsync(request);
        using var today = await gateway.GetAsync("/page");

        Assert.Equal("""{"user":{"aB":1},"orders":{"aB":1}}""", await old.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("""{"user":{ "a_b":1 },"orders":{ "a_b":1 }}""", await today.Content.ReadAsStringAsync(Cancellation));
        Assert.All((HttpResponseMessage[])[old, today], a => Assert.Equal(["X-Client-Version"], a.Headers.Vary));
    }

    [Fact]
    public async Task Turns_an_error_within_the_whole_into_a_problem()
    {
        await using var service = await StubService.StartAsync(200, """{"ok":false,"msg":"No such user","stack":"at …"}""");
        await using var gateway = await StartAsync(service, $$"""
            {{TwoMembers}}, "Mediation": { "Errors": { "If": "user.ok == `false`", "Status": 404, "Problem": { "title": "$.user.msg" } } }
            """);

        using var answer = await gateway.GetAsync("/page");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var problem = await ProblemAsync(answer);
        Assert.Equal("No such user", problem.GetProperty("title").GetString());
        Assert.Equal("/page", problem.GetProperty("instance").GetString());
        Assert.DoesNotContain("stack", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_the_refusal_of_a_member_as_it_is()
    {
        await using var service = await StubService.StartAsync(200, "{}");
        await using var gateway = await StartAsync(service, $$"""
            {{TwoMembers}}, "Mediation": { "Response": { "Steps": [ { "Wrap": "page" } ] }, "Errors": { "Status": 500 } }
            """, user: """, "RateLimitOptions": { "EnableRateLimiting": true, "Limit": 1, "Period": "1h", "PeriodTimespan": 3600 } """);

        using var first = await gateway.GetAsync("/page");
        using var second = await gateway.GetAsync("/page");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.NotNull(second.Headers.RetryAfter);
    }

    [Fact]
    public async Task Answers_HEAD_without_a_body_and_without_the_length_of_the_other_body()
    {
        await using var service = await StubService.StartAsync(200, "{}");
        await using var gateway = await StartAsync(service, $$"""
            {{TwoMembers}}, "UpstreamHttpMethod": [ "Get", "Head" ], "Mediation": { "Response": { "Steps": [ { "Wrap": "page" } ] } }
            """);

        using var request = new HttpRequestMessage(HttpMethod.Head, "/page");
        using var answer = await gateway.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(answer.Content.Headers.ContentLength);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Mediates_the_whole_anew_of_members_that_come_from_the_cache()
    {
        await using var service = await StubService.StartAsync(200, """{"a_b":1}""");
        await using var gateway = await StartAsync(service, $$"""
            {{TwoMembers}}, "Mediation": { "Response": [ { "When": { "Query": { "v": "2" } }, "Steps": [ { "Case": "camel" } ] }, { "Steps": [ { "Wrap": "page" } ] } ] }
            """, user: """, "CacheOptions": { "TtlSeconds": 60 } """, orders: """, "CacheOptions": { "TtlSeconds": 60 } """);

        Assert.Equal("""{"page":{"user":{"a_b":1},"orders":{"a_b":1}}}""", await gateway.Client.GetStringAsync("/page?x=1", Cancellation));
        Assert.Equal("""{"page":{"user":{"a_b":1},"orders":{"a_b":1}}}""", await gateway.Client.GetStringAsync("/page?x=1", Cancellation));
        Assert.Equal("""{"user":{"aB":1},"orders":{"aB":1}}""", await gateway.Client.GetStringAsync("/page?v=2", Cancellation));
        Assert.Equal(4, service.Seen.Count);
    }

    [Fact]
    public async Task Refuses_the_single_members_answer_of_another_type_when_something_is_hidden()
    {
        await using var service = await StubService.StartAsync(200, "<p>secret</p>", "text/html");
        await using var gateway = await StartAsync(service, """ "RouteKeys": [ "user" ], "Mediation": { "Response": { "Steps": [ { "Remove": [ "secret" ] } ] } } """);

        using var answer = await gateway.GetAsync("/page");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decodes_the_single_members_answer_and_encodes_it_as_the_client_likes()
    {
        var text = new string('x', 5000);
        await using var service = await StubService.StartAsync(async http =>
        {
            http.Response.ContentType = "application/json";
            http.Response.Headers.ContentEncoding = "gzip";
            http.Response.Headers.ETag = "\"abc\"";
            await using var gzip = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(Encoding.UTF8.GetBytes($$"""{"secret":1,"text":"{{text}}"}"""));
        });
        await using var gateway = await StartAsync(service, """ "RouteKeys": [ "user" ], "Mediation": { "Response": { "Steps": [ { "Remove": [ "secret" ] } ] } } """);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/page") { Headers = { { "Accept-Encoding", "br" } } };
        using var answer = await gateway.SendAsync(request);

        Assert.Equal(["br"], answer.Content.Headers.ContentEncoding);
        Assert.StartsWith("W/\"abc;m=", answer.Headers.ETag!.ToString(), StringComparison.Ordinal);
        await using var brotli = new BrotliStream(await answer.Content.ReadAsStreamAsync(Cancellation), CompressionMode.Decompress);
        using var reader = new StreamReader(brotli);
        Assert.Equal($$"""{"text":"{{text}}"}""", await reader.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task Lets_a_conversation_with_the_first_member_through()
    {
        await using var service = await StubService.StartAsync(async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, http.RequestAborted);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, http.RequestAborted);
        });
        await using var gateway = await StartAsync(service, $$""" {{TwoMembers}}, "Mediation": { "Response": { "Steps": [ { "Wrap": "page" } ] } } """);

        using var client = new ClientWebSocket();
        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{gateway.Port}/page"), Cancellation);
        var buffer = new byte[100];
        var received = await client.ReceiveAsync(buffer, Cancellation);

        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, received.Count));
    }

    [Fact]
    public async Task Names_the_step_of_a_problem_in_an_aggregates_plan()
    {
        var problems = await ConfigurationCheck.ProblemsAsync($$"""
            {
              "Routes": [ {{TestGateway.Route(1, "/u", "/u", """ "Key": "user" """)}} ],
              "Aggregates": [ { "UpstreamPathTemplate": "/page", "RouteKeys": [ "user" ], "Mediation": { "Response": { "Steps": [ { "Remov": [ "a" ] } ] } } } ]
            }
            """);

        Assert.Contains(problems, p => p.Path == "Aggregates[0].Mediation.Response.Steps[0].Remov");
    }

    private static Task<TestGateway> StartAsync(StubService service, string aggregate, string user = "", string orders = "") =>
        TestGateway.StartAsync($$"""
            {
              "Routes": [
                {{TestGateway.Route(service.Port, "/user", "/user", $""" "UpstreamHttpMethod": [ "Get", "Head", "Post" ], "Key": "user" {user} """)}},
                {{TestGateway.Route(service.Port, "/orders", "/orders", $""" "UpstreamHttpMethod": [ "Get", "Head", "Post" ], "Key": "orders" {orders} """)}} ],
              "Aggregates": [ { "UpstreamPathTemplate": "/page", {{aggregate}} } ]
            }
            """);

    private static Task<HttpResponseMessage> PostAsync(TestGateway gateway, string body, string type = "application/json") =>
        gateway.Client.PostAsync("/page", new StringContent(body, Encoding.UTF8, type), Cancellation);

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        return JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Cancellation)).RootElement;
    }
}
