using System.Diagnostics.Metrics;
using System.Net;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Mediation;

/// <summary>Answers that mediation leaves alone, what it does to heads, and what it tells (design §3).</summary>
public sealed class AnswerHeadTests
{
    private const string Shows = """ "Mediation": { "Response": { "Steps": [ { "Case": "camel" } ] } } """;
    private const string Hides = """ "Mediation": { "Response": { "Steps": [ { "Remove": [ "secret" ] } ] } } """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200, "text/plain", "type")]
    [InlineData(200, "text/event-stream", "event-stream")]
    [InlineData(200, "application/grpc", "gRPC")]
    [InlineData(206, "application/json", "206")]
    public async Task Passes_what_the_plan_is_not_for_and_counts_it_by_its_reason(int status, string type, string reason)
    {
        await using var service = await StubService.StartAsync(status, """{ "a_b": 1 }""", type);
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", Shows + $""", "Key": "skips-{reason}" """);
        using var skipped = new Skipped($"skips-{reason}");

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("""{ "a_b": 1 }""", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal([reason], skipped.Reasons);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public async Task Passes_an_answer_without_a_body_also_where_something_is_hidden(int status)
    {
        await using var service = await StubService.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", Hides + $""", "Key": "bare-{status}" """);
        using var skipped = new Skipped($"bare-{status}");

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal([$"{status}"], skipped.Reasons);
    }

    [Fact]
    public async Task Drops_digests_of_the_other_body()
    {
        await using var service = await StubService.StartAsync(http =>
        {
            http.Response.ContentType = "application/json";
            foreach (var name in (string[])["Digest", "Content-Digest", "Repr-Digest", "Content-MD5"]) http.Response.Headers[name] = "sha-256=:abc=:";
            http.Response.Headers["Last-Modified"] = "Tue, 24 Nov 2026 10:00:00 GMT";
            return http.Response.WriteAsync("""{"a_b":1}""");
        });
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", Shows);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal("""{"aB":1}""", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.DoesNotContain(answer.Headers.Concat(answer.Content.Headers), h => h.Key.Contains("Digest", StringComparison.Ordinal) || h.Key == "Content-MD5");
        Assert.NotNull(answer.Content.Headers.LastModified);
    }

    [Fact]
    public async Task Refuses_a_coding_that_nobody_can_undo()
    {
        await using var service = await StubService.StartAsync(http =>
        {
            http.Response.ContentType = "application/json";
            http.Response.Headers.ContentEncoding = "zstd";
            return http.Response.WriteAsync("secret");
        });
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", Hides);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
    }

    [Fact]
    public async Task Tells_the_log_of_plan_side_bytes_and_idle_steps_and_never_of_the_body()
    {
        using var log = new LogRecorder();
        await using var service = await StubService.StartAsync(200, """{"secret":"TOPSECRET","a":1}""");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a",
            """ "Mediation": { "Response": { "Steps": [ { "Remove": [ "secret" ] }, { "Rename": { "none": "x" } } ] } } """,
            configure: s => s.AddLogging(l => l.AddProvider(log).SetMinimumLevel(LogLevel.Debug)));

        Assert.Equal("""{"a":1}""", await gateway.Client.GetStringAsync("/a", Cancellation));

        var line = Assert.Single(log.Entries, e => e.Event.Name == "Mediated");
        Assert.Equal("Response.Steps[1].Rename", line.Values["Unmatched"]);
        Assert.Equal((28L, 7L), (line.Values["BytesIn"], line.Values["BytesOut"]));
        Assert.DoesNotContain(log.Entries, e => e.Message.Contains("TOPSECRET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Builds_links_of_pages_from_what_the_client_asked()
    {
        await using var service = await StubService.StartAsync(200, """{"content":[{"id":1}],"totalElements":41,"number":1,"size":20}""");
        await using var gateway = await TestGateway.StartAsync(service, "/items", "/internal", """
            "Mediation": { "Response": { "Steps": [ { "Page": { "Items": "content", "Total": "totalElements", "Page": "number", "Size": "size" } } ] } }
            """);

        using var answer = await gateway.GetAsync("/items?q=a%20b&page=1&size=20");

        Assert.Equal("41", Assert.Single(answer.Headers.GetValues("X-Total-Count")));
        Assert.StartsWith("</items?q=a%20b&page=0&size=20>; rel=\"first\"", Assert.Single(answer.Headers.GetValues("Link")), StringComparison.Ordinal);
    }

    // What is counted for one route, from now on.
    private sealed class Skipped : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly List<string> _reasons = [];

        public Skipped(string route)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "gateway.mediation.skipped") listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            {
                var known = tags.ToArray().ToDictionary(t => t.Key, t => t.Value?.ToString());
                if (known["route"] != route) return;
                lock (_reasons) _reasons.Add(known["reason"]!);
            });
            _listener.Start();
        }

        public string[] Reasons
        {
            get
            {
                lock (_reasons) return [.. _reasons];
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}
