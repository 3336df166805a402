using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Mediation;

public sealed class PayloadMediationTests
{
    private const string HideSecret = """ "Mediation": { "Response": { "Steps": [ { "Remove": [ "secret" ] }, { "Case": "camel" } ] } } """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_the_answer_and_its_length()
    {
        await using var service = await StubService.StartAsync(200, """{"order_id":9007199254740993,"secret":"x"}""");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", HideSecret);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal("""{"orderId":9007199254740993}""", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(28, answer.Content.Headers.ContentLength);
        Assert.Equal("none", answer.Headers.AcceptRanges.ToString());
        Assert.Equal("gzip, br, deflate", service.Only["Accept-Encoding"]);
    }

    [Fact]
    public async Task Changes_the_request()
    {
        await using var service = await StubService.StartAsync(200, "{}");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a",
            """ "UpstreamHttpMethod": [ "Post" ], "Mediation": { "Request": { "Steps": [ { "Set": { "channel": "WEB", "path": "{path}" } }, { "Header": { "X-Channel": "{method}" } } ] } } """);

        using var answer = await PostAsync(gateway, "/a", """{"a":1}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"a":1,"channel":"WEB","path":"/a"}""", service.Only.Text);
        Assert.Equal("35", service.Only["Content-Length"]);
        Assert.Equal("POST", service.Only["X-Channel"]);
    }

    [Theory]
    [InlineData("""{"a":1,}""", "application/json", 400)]
    [InlineData("""{"a":1,"a":2}""", "application/json", 400)]
    [InlineData("""{"a":"x"}""", "application/json", 422)]
    [InlineData("a=1", "application/x-www-form-urlencoded", 415)]
    [InlineData("""{"a":1111111111111111111111111111111111111111111}""", "application/json", 413)]
    public async Task Refuses_a_bad_request_before_the_service_sees_it(string body, string type, int status)
    {
        await using var service = await StubService.StartAsync(200, "{}");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a",
            """ "UpstreamHttpMethod": [ "Post" ], "Mediation": { "Request": { "MaxBytes": 30, "Steps": [ { "Convert": { "a": "integer" } } ] } } """);

        using var answer = await PostAsync(gateway, "/a", body, type);

        Assert.Equal(status, (int)answer.StatusCode);
        var problem = await ProblemAsync(answer);
        Assert.Equal("mediation_failed", problem.GetProperty("code").GetString());
        Assert.Equal(status == 422 ? "Request.Steps[0].Convert" : "", problem.GetProperty("step").GetString());
        if (status == 422) Assert.Equal("/a", problem.GetProperty("pointer").GetString());
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Tells_the_client_each_place_where_its_body_breaks_the_schema()
    {
        await using var service = await StubService.StartAsync(200, "{}");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a",
            """ "UpstreamHttpMethod": [ "Post" ], "Mediation": { "Request": { "Steps": [ { "Validate": { "required": [ "id" ], "properties": { "qty": { "minimum": 1 } } } } ] } } """);

        using var answer = await PostAsync(gateway, "/a", """{"qty":0}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var errors = (await ProblemAsync(answer)).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString());
        Assert.Equal(["", "/qty"], errors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Gives_the_problem_of_a_refused_answer_and_nothing_of_its_text()
    {
        await using var service = await StubService.StartAsync(200, """{"secret":"top","order_id":1,"orderId":2}""");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", HideSecret);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("mediation_failed", text, StringComparison.Ordinal);
        Assert.DoesNotContain("top", text, StringComparison.Ordinal);
        Assert.DoesNotContain("order", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html", "<html>secret</html>")]
    [InlineData("text/event-stream", "data: secret\n\n")]
    public async Task Refuses_an_answer_of_another_type_when_something_is_hidden(string type, string body)
    {
        await using var service = await StubService.StartAsync(200, body, type);
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", HideSecret);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passes_another_type_that_the_plan_allows_or_from_which_it_hides_nothing()
    {
        await using var service = await StubService.StartAsync(200, "<p>", "text/html");
        await using var hiding = await TestGateway.StartAsync(service, "/a", "/a", """ "Mediation": { "Response": { "AllowOtherTypes": [ "text/*" ], "Steps": [ { "Remove": [ "secret" ] } ] } } """);
        await using var open = await TestGateway.StartAsync(service, "/a", "/a", """ "Mediation": { "Response": { "Steps": [ { "Case": "camel" } ] } } """);

        Assert.Equal("<p>", await hiding.Client.GetStringAsync("/a", Cancellation));
        Assert.Equal("<p>", await open.Client.GetStringAsync("/a", Cancellation));
    }

    [Fact]
    public async Task Decodes_the_answer_and_encodes_it_as_the_client_likes()
    {
        var body = $$"""{"secret":1,"text":"{{new string('x', 5000)}}"}""";
        await using var service = await StubService.StartAsync(async http =>
        {
            http.Response.ContentType = "application/json";
            http.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(body));
        });
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", HideSecret);

        using var plain = await gateway.GetAsync("/a");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/a") { Headers = { { "Accept-Encoding", "br;q=1, gzip;q=0.5" } } };
        using var coded = await gateway.SendAsync(request);

        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal("Accept-Encoding", plain.Headers.Vary.Single());
        Assert.Equal($$"""{"text":"{{new string('x', 5000)}}"}""", await plain.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(["br"], coded.Content.Headers.ContentEncoding);
        await using var brotli = new BrotliStream(await coded.Content.ReadAsStreamAsync(Cancellation), CompressionMode.Decompress);
        using var reader = new StreamReader(brotli);
        Assert.Equal($$"""{"text":"{{new string('x', 5000)}}"}""", await reader.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task Decodes_the_request()
    {
        await using var service = await StubService.StartAsync(200, "{}");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", """ "UpstreamHttpMethod": [ "Post" ], "Mediation": { "Request": { "Steps": [ { "Wrap": "w" } ] } } """);
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) await gzip.WriteAsync("[1]"u8.ToArray(), Cancellation);

        using var content = new ByteArrayContent(packed.ToArray()) { Headers = { { "Content-Type", "application/json" }, { "Content-Encoding", "gzip" } } };
        using var answer = await gateway.Client.PostAsync("/a", content, Cancellation);

        Assert.Equal("""{"w":[1]}""", service.Only.Text);
        Assert.Null(service.Only["Content-Encoding"]);
    }

    [Fact]
    public async Task Refuses_a_body_that_unfolds_beyond_the_ratio()
    {
        await using var service = await StubService.StartAsync(200, "{}");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", """ "UpstreamHttpMethod": [ "Post" ], "Mediation": { "Request": { "Steps": [ { "Wrap": "w" } ] } } """);
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) await gzip.WriteAsync(Encoding.UTF8.GetBytes(new string(' ', 900_000) + "1"), Cancellation);

        using var content = new ByteArrayContent(packed.ToArray()) { Headers = { { "Content-Type", "application/json" }, { "Content-Encoding", "gzip" } } };
        using var answer = await gateway.Client.PostAsync("/a", content, Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Marks_entity_tags_and_undoes_the_mark_in_conditions()
    {
        await using var service = await StubService.StartAsync(http =>
        {
            http.Response.Headers.ETag = "\"abc\"";
            if (http.Request.Headers.IfNoneMatch == "\"abc\"") http.Response.StatusCode = 304;
            else return http.Response.WriteAsJsonAsync(new { secret = 1, a = 2 });
            return Task.CompletedTask;
        });
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", HideSecret);

        using var first = await gateway.GetAsync("/a");
        var tag = first.Headers.ETag!;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/a") { Headers = { { "If-None-Match", tag.ToString() } } };
        using var second = await gateway.SendAsync(request);

        Assert.True(tag.IsWeak);
        Assert.Matches("^\"abc;m=[0-9a-f]{16}\"$", tag.Tag);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(tag, second.Headers.ETag);
    }

    [Fact]
    public async Task Asks_for_the_whole_body_when_the_client_asks_for_a_part()
    {
        await using var service = await StubService.StartAsync(200, """{"secret":1,"a":2}""");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", HideSecret);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/a") { Headers = { { "Range", "bytes=0-5" } } };
        using var answer = await gateway.SendAsync(request);

        Assert.Null(service.Only["Range"]);
        Assert.Equal("""{"a":2}""", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Refuses_a_part_of_an_answer_in_which_something_is_hidden()
    {
        await using var service = await StubService.StartAsync(206, """{"secret":1}""");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", HideSecret);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
    }

    [Fact]
    public async Task Leaves_the_head_of_an_answer_without_the_length_of_the_other_body()
    {
        await using var service = await StubService.StartAsync(http =>
        {
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = 1000;
            return Task.CompletedTask;
        });
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", HideSecret + """, "UpstreamHttpMethod": [ "Head" ] """);

        using var request = new HttpRequestMessage(HttpMethod.Head, "/a");
        using var answer = await gateway.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Cuts_the_connection_when_an_answer_breaks_half_way()
    {
        var row = $$"""{"id":1,"text":"{{new string('x', 1000)}}"}""";
        await using var service = await StubService.StartAsync(200, $"[{string.Join(',', Enumerable.Repeat(row, 100))},oops]");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", HideSecret);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Breaks_off_a_request_that_turns_out_bad_half_way_and_tells_the_client()
    {
        await using var service = await StubService.StartAsync(200, "{}");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", """ "UpstreamHttpMethod": [ "Post" ], "Mediation": { "Request": { "Steps": [ { "Each": { "$": [ { "Convert": { "n": "integer" } } ] } } ] } } """);
        var rows = string.Join(',', Enumerable.Repeat($$"""{"n":1,"text":"{{new string('x', 1000)}}"}""", 300));

        using var answer = await PostAsync(gateway, "/a", $$"""[{{rows}},{"n":"many"}]""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("/300/n", (await ProblemAsync(answer)).GetProperty("pointer").GetString());
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Streams_a_large_body_both_ways()
    {
        var rows = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""{"row_number":{{i}},"secret":"s"}"""));
        await using var service = await StubService.StartAsync(http =>
        {
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync($$"""{"rows":[{{rows}}]}""");
        });
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", """ "UpstreamHttpMethod": [ "Post" ], "Mediation": { "Request": { "Steps": [ { "Remove": [ "rows[*].secret" ] } ] }, "Response": { "Steps": [ { "Remove": [ "..secret" ] }, { "Case": "camel" } ] } } """);

        using var answer = await PostAsync(gateway, "/a", $$"""{"rows":[{{rows}}]}""");

        Assert.Equal($$"""{"rows":[{{string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""{"rowNumber":{{i}}}"""))}}]}""", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal($$"""{"rows":[{{string.Join(',', Enumerable.Range(0, 20_000).Select(i => $$"""{"row_number":{{i}}}"""))}}]}""", service.Only.Text);
    }

    [Fact]
    public async Task Turns_an_error_into_a_problem_even_when_its_body_is_no_JSON()
    {
        await using var service = await StubService.StartAsync(500, "<h1>NullPointerException at db01.internal</h1>", "text/html");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", """ "Mediation": { "Errors": { "Problem": { "title": "$.message" } } } """);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("\"title\":\"Internal Server Error\"", text, StringComparison.Ordinal);
        Assert.Contains("\"instance\":\"/a\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("db01", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passes_a_broken_answer_as_it_is_where_the_plan_says_so()
    {
        await using var service = await StubService.StartAsync(200, """{"a":1,,}""");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", """ "Mediation": { "Response": { "OnError": "PassThrough", "Steps": [ { "Case": "camel" } ] } } """);

        Assert.Equal("""{"a":1,,}""", await gateway.Client.GetStringAsync("/a", Cancellation));
    }

    [Fact]
    public async Task Leaves_an_answer_byte_for_byte_that_no_variant_is_for_and_says_what_it_depends_on()
    {
        await using var service = await StubService.StartAsync(200, """{ "a_b" : 1 }""");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", """ "Mediation": { "Response": [ { "When": { "Header": { "X-Client-Version": "<3" } }, "Steps": [ { "Case": "camel" } ] }, { "Steps": [] } ] } """);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/a") { Headers = { { "X-Client-Version", "2.9" } } };
        using var old = await gateway.SendAsync(request);
        using var today = await gateway.GetAsync("/a");

        Assert.Equal("""{"aB":1}""", await old.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("""{ "a_b" : 1 }""", await today.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(["X-Client-Version"], old.Headers.Vary);
        Assert.Equal(["X-Client-Version"], today.Headers.Vary);
    }

    private static Task<HttpResponseMessage> PostAsync(TestGateway gateway, string target, string body, string type = "application/json") =>
        gateway.Client.PostAsync(target, new StringContent(body, Encoding.UTF8, type), Cancellation);

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        return JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Cancellation)).RootElement;
    }
}
