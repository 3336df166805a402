using System.Text.Json;
using Gateway.Tests.Support;

namespace Gateway.Tests.Hosting;

/// <summary><c>GlobalConfiguration.AccessLog</c>, and the id that an answer shares with its line.</summary>
public sealed class AccessLogTests
{
    [Fact]
    public async Task Writes_one_line_of_json_for_a_request_without_query_token_or_cookie()
    {
        await using var service = await StubService.StartAsync();
        var log = new LogRecorder();
        await using var gateway = await TestGateway.StartAsync(service, "/a/{x}", "/{x}", global: "\"AccessLog\": \"Json\"", configure: s => s.AddSingleton<ILoggerProvider>(log));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/a/b?key=s3cret");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer s3cret");
        request.Headers.TryAddWithoutValidation("Cookie", "c=s3cret");
        request.Headers.TryAddWithoutValidation("Referer", "https://page.example/x?s3cret");

        using var answer = await gateway.SendAsync(request);
        var line = await LineAsync(log);

        var said = JsonDocument.Parse(line).RootElement;
        Assert.Equal("/a/b", said.GetProperty("path").GetString());
        Assert.Equal(200, said.GetProperty("status").GetInt32());
        Assert.Equal("/a/{x}", said.GetProperty("route").GetString());
        Assert.Equal($"127.0.0.1:{service.Port}", said.GetProperty("destination").GetString());
        Assert.Equal("https://page.example/x", said.GetProperty("referer").GetString());
        Assert.Equal(answer.Headers.GetValues("X-Request-Id").Single(), said.GetProperty("requestId").GetString());
        Assert.DoesNotContain("s3cret", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_the_combined_format_and_lets_no_client_write_lines_of_its_own()
    {
        var log = new LogRecorder();
        await using var gateway = await TestGateway.StartAsync(1, "/a", "/a", global: "\"AccessLog\": \"Combined\"", configure: s => s.AddSingleton<ILoggerProvider>(log));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nothing?key=s3cret");
        request.Headers.TryAddWithoutValidation("User-Agent", "a\"b");

        using var answer = await gateway.SendAsync(request);
        var line = await LineAsync(log);

        Assert.Matches("""^127\.0\.0\.1 - - \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d \+0000\] "GET /nothing HTTP/1\.1" 404 \d+ "-" "a\\"b" \S+ "-" [\d.]+ms$""", line);
    }

    [Fact]
    public async Task Is_off_unless_it_is_asked_for()
    {
        var log = new LogRecorder();
        await using var gateway = await TestGateway.StartAsync(1, "/a", "/a", configure: s => s.AddSingleton<ILoggerProvider>(log));

        using var answer = await gateway.GetAsync("/nothing");
        await Eventually.TrueAsync(async () => (await gateway.Management.GetStringAsync("/refusals", TestContext.Current.CancellationToken)).Contains("no_route", StringComparison.Ordinal), "the request has ended");

        Assert.DoesNotContain(log.Entries, e => e.Category == "Gateway.AccessLog");
    }

    [Fact]
    public async Task Leaves_a_service_its_own_id_in_the_answer()
    {
        await using var service = await StubService.StartAsync();
        service.Answer = http => { http.Response.Headers["X-Request-Id"] = "theirs"; return Task.CompletedTask; };
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a");

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(["theirs"], answer.Headers.GetValues("X-Request-Id"));
    }

    [Fact]
    public async Task Adds_no_id_to_answers_where_Ocelots_ways_are_wanted()
    {
        await using var gateway = await TestGateway.StartAsync(1, "/a", "/a", global: "\"Compatibility\": \"Ocelot25\"");

        using var answer = await gateway.GetAsync("/nothing");

        Assert.False(answer.Headers.Contains("X-Request-Id"));
    }

    private static async Task<string> LineAsync(LogRecorder log)
    {
        await Eventually.TrueAsync(() => log.Entries.Any(e => e.Category == "Gateway.AccessLog"), "the line is written");
        return Assert.Single(log.Entries, e => e.Category == "Gateway.AccessLog").Message;
    }
}
