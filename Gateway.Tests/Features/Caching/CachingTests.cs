using System.Net;
using Gateway.Pipeline;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Features.Caching;

/// <summary>What is answered from the cache, and to whom (contract 06 §4; 00).</summary>
public sealed class CachingTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private StubService _service = null!;
    private int _calls;

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _service = await StubService.StartAsync(AnswerWithNumberAsync);

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Answers_again_what_it_has_kept_with_its_head_and_age()
    {
        _service.Answer = http =>
        {
            http.Response.StatusCode = 203;
            http.Response.Headers.ETag = "\"1\"";
            http.Response.Headers["X-Many"] = new[] { "a", "b" };
            return AnswerWithNumberAsync(http);
        };
        await using var gateway = await StartAsync();
        await TextAsync(gateway, "/a");
        _time.Advance(TimeSpan.FromSeconds(5.5));

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(203, (int)answer.StatusCode);
        Assert.Equal("call 1", await answer.Content.ReadAsStringAsync(Stopping));
        Assert.Equal("\"1\"", answer.Headers.ETag?.ToString());
        Assert.Equal(["a", "b"], answer.Headers.GetValues("X-Many"));
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.Age);
        Assert.Single(_service.Seen);
    }

    [Fact]
    public async Task Asks_again_when_the_time_to_live_is_over()
    {
        await using var gateway = await StartAsync();

        Assert.Equal("call 1", await TextAsync(gateway, "/a"));
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal("call 1", await TextAsync(gateway, "/a"));
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal("call 2", await TextAsync(gateway, "/a"));
    }

    [Theory]
    [InlineData("200", "", 1)]
    [InlineData("204", "", 1)]
    [InlineData("206", "", 2)]
    [InlineData("301", "", 2)]
    [InlineData("404", "", 2)]
    [InlineData("500", "", 2)]
    [InlineData("200", "Set-Cookie: session=alice", 2)]
    [InlineData("200", "Cache-Control: no-store", 2)]
    [InlineData("200", "Cache-Control: max-age=60, private", 2)]
    [InlineData("200", "Cache-Control: no-cache", 2)]
    [InlineData("200", "Cache-Control: public, max-age=60", 1)]
    [InlineData("200", "Cache-Control: max-age=", 2)] // not to be understood
    [InlineData("200", "Vary: *", 2)]
    [InlineData("200", "Content-Type: text/event-stream; charset=utf-8", 2)]
    public async Task Keeps_only_what_is_for_everybody(string status, string header, int calls)
    {
        _service.Answer = http =>
        {
            http.Response.StatusCode = int.Parse(status, System.Globalization.CultureInfo.InvariantCulture);
            if (header.Length > 0) http.Response.Headers[header.Split(": ")[0]] = header.Split(": ")[1];
            return Task.CompletedTask;
        };
        await using var gateway = await StartAsync();

        await gateway.GetAsync("/a");
        using var second = await gateway.GetAsync("/a");

        Assert.Equal(status, ((int)second.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(calls, _service.Seen.Count);
    }

    [Theory]
    [InlineData("GET /a", "GET /a", true)]
    [InlineData("HEAD /a", "HEAD /a", true)]
    [InlineData("GET /a", "HEAD /a", false)]
    [InlineData("POST /a", "POST /a", false)]
    [InlineData("DELETE /a", "DELETE /a", false)]
    [InlineData("GET /a?x=1&y=2", "GET /a?y=2&x=1", false)]
    [InlineData("GET /a?x=1", "GET /a?x=1", true)]
    [InlineData("GET /a?x=1", "GET /a?x=2", false)]
    [InlineData("GET /a Host: a.example", "GET /a Host: b.example", false)]
    [InlineData("GET /a OC-Cache-Control: 1", "GET /a OC-Cache-Control: 2", false)]
    [InlineData("GET /a OC-Cache-Control: 1", "GET /a OC-Cache-Control: 1", true)]
    [InlineData("GET /a Authorization: Basic alice", "GET /a Authorization: Basic bob", false)]
    [InlineData("GET /a Authorization: Basic alice", "GET /a", false)]
    [InlineData("GET /a Authorization: Basic alice", "GET /a Authorization: Basic alice", true)]
    [InlineData("GET /a Range: bytes=0-3", "GET /a Range: bytes=0-3", false)]
    [InlineData("GET /a Accept-Language: en", "GET /a Accept-Language: de", true)] // unless the service says it varies
    public async Task Tells_requests_apart(string first, string second, bool isOneAnswer)
    {
        await using var gateway = await StartAsync();

        await SendAsync(gateway, first);
        using var answer = await SendAsync(gateway, second);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(isOneAnswer ? 1 : 2, _service.Seen.Count);
    }

    [Fact]
    public async Task The_file_names_the_header_that_tells_requests_apart()
    {
        await using var gateway = await StartAsync(""" "TtlSeconds": 10, "Header": "X-Tenant" """);

        await SendAsync(gateway, "GET /a X-Tenant: 1");
        await SendAsync(gateway, "GET /a X-Tenant: 2");
        await SendAsync(gateway, "GET /a X-Tenant: 2");

        Assert.Equal(2, _service.Seen.Count);
    }

    [Fact]
    public async Task A_head_keeps_its_length()
    {
        _service.Answer = http =>
        {
            http.Response.ContentLength = 1234;
            return Task.CompletedTask;
        };
        await using var gateway = await StartAsync();
        await SendAsync(gateway, "HEAD /a");

        using var answer = await SendAsync(gateway, "HEAD /a");

        Assert.Equal(1234, answer.Content.Headers.ContentLength);
        Assert.Single(_service.Seen);
    }

    [Fact]
    public async Task Keeps_an_answer_for_each_value_of_what_the_service_says_it_varies_by()
    {
        _service.Answer = http =>
        {
            http.Response.Headers.Vary = "Accept-Language";
            return http.Response.WriteAsync($"{http.Request.Headers.AcceptLanguage} {Interlocked.Increment(ref _calls)}");
        };
        await using var gateway = await StartAsync();

        var texts = new List<string>();
        foreach (var language in new[] { "en", "de", "en", "de" })
        {
            using var answer = await SendAsync(gateway, $"GET /a Accept-Language: {language}");
            texts.Add(await answer.Content.ReadAsStringAsync(Stopping));
        }

        Assert.Equal(["en 1", "de 2", "en 1", "de 2"], texts);
    }

    [Theory]
    [InlineData(false, "A A B", 3)] // who knows what a body means to a GET
    [InlineData(true, "A A B A", 2)]
    public async Task A_body_tells_requests_apart_where_it_is_hashed(bool isHashed, string bodies, int calls)
    {
        await using var gateway = await StartAsync($$""" "TtlSeconds": 10, "EnableContentHashing": {{(isHashed ? "true" : "false")}} """);

        foreach (var body in bodies.Split(' '))
            await gateway.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/a") { Content = new StringContent(body) });

        Assert.Equal(calls, _service.Seen.Count);
        Assert.All(_service.Seen.Zip(bodies.Split(' ').Distinct()), pair => Assert.Equal(pair.Second, isHashed ? pair.First.Text : pair.Second));
    }

    [Fact]
    public async Task A_body_too_long_to_hash_reaches_the_service_whole()
    {
        await using var gateway = await StartAsync(""" "TtlSeconds": 10, "EnableContentHashing": true, "MaxEntryBytes": 100 """);
        var body = new string('x', 200_000);

        for (var i = 0; i < 2; i++)
            await gateway.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/a")
            {
                Content = new StreamContent(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body))),
                Headers = { TransferEncodingChunked = true },
            });

        Assert.Equal([body.Length, body.Length], _service.Seen.Select(s => s.Body.Length));
    }

    [Fact]
    public async Task Callers_of_a_protected_route_have_answers_of_their_own()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(
            _service, "/a", "/d",
            """ "CacheOptions": { "TtlSeconds": 10 }, "AuthenticationOptions": { "AuthenticationProviderKeys": ["Bearer"] } """,
            settings: Authentication.Schemes.Jwt(issuer));

        var texts = new List<string>();
        foreach (var token in new[] { issuer.Jwt("sub", "alice"), issuer.Jwt("sub", "bob"), issuer.Jwt("sub", "alice") })
        {
            using var answer = await SendAsync(gateway, $"GET /a Authorization: Bearer {token}");
            texts.Add(await answer.Content.ReadAsStringAsync(Stopping));
        }
        using var refused = await gateway.GetAsync("/a");

        Assert.Equal(["call 1", "call 2", "call 1"], texts);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Requests_for_one_answer_ask_the_service_once()
    {
        var go = new TaskCompletionSource();
        _service.Answer = async http =>
        {
            await go.Task;
            await AnswerWithNumberAsync(http);
        };
        await using var gateway = await StartAsync();

        var answers = Enumerable.Range(0, 20).Select(_ => TextAsync(gateway, "/a")).ToArray();
        await Eventually.TrueAsync(() => _service.Seen.Count > 0, "the first request is under way");
        go.SetResult();

        Assert.All(await Task.WhenAll(answers), text => Assert.Equal("call 1", text));
        Assert.Single(_service.Seen);
    }

    [Fact]
    public async Task Requests_that_waited_in_vain_ask_for_themselves()
    {
        var go = new TaskCompletionSource();
        _service.Answer = async http =>
        {
            await go.Task;
            http.Response.StatusCode = 500;
        };
        await using var gateway = await StartAsync();

        var answers = Enumerable.Range(0, 5).Select(_ => gateway.GetAsync("/a")).ToArray();
        await Eventually.TrueAsync(() => _service.Seen.Count > 0, "the first request is under way");
        go.SetResult();

        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode));
        Assert.Equal(5, _service.Seen.Count);
    }

    [Fact]
    public async Task A_body_streams_to_the_first_client_while_it_is_taken_down()
    {
        var first = new TaskCompletionSource();
        _service.Answer = async http =>
        {
            await http.Response.WriteAsync("one\n");
            await http.Response.Body.FlushAsync();
            await first.Task;
            await http.Response.WriteAsync("two\n");
        };
        await using var gateway = await StartAsync();

        using var answer = await gateway.GetAsync("/a");
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Stopping));
        Assert.Equal("one", await reader.ReadLineAsync(Stopping));
        first.SetResult();
        Assert.Equal("two\n", await reader.ReadToEndAsync(Stopping));

        Assert.Equal("one\ntwo\n", await TextAsync(gateway, "/a"));
        Assert.Single(_service.Seen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_beyond_the_limit_passes_whole_and_is_not_kept(bool saysItsLength)
    {
        var body = new byte[300_000];
        Random.Shared.NextBytes(body);
        _service.Answer = async http =>
        {
            if (saysItsLength) http.Response.ContentLength = body.Length;
            await http.Response.Body.WriteAsync(body);
        };
        await using var gateway = await StartAsync(""" "TtlSeconds": 10, "MaxEntryBytes": 100000 """);

        for (var i = 1; i <= 2; i++)
        {
            using var answer = await gateway.GetAsync("/a");
            Assert.Equal(body, await answer.Content.ReadAsByteArrayAsync(Stopping));
            Assert.Equal(i, _service.Seen.Count);
        }
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_not_kept()
    {
        var breaks = true;
        _service.Answer = async http =>
        {
            http.Response.ContentLength = 100;
            await http.Response.WriteAsync(new string('x', breaks ? 50 : 100));
            await http.Response.Body.FlushAsync();
            if (breaks) http.Abort();
        };
        await using var gateway = await StartAsync();

        // The break is seen as a cut body, or before any of it was sent on, as a refusal; on neither is anything kept.
        var first = "";
        await Record.ExceptionAsync(async () => first = await TextAsync(gateway, "/a"));
        Assert.DoesNotContain("xxx", first, StringComparison.Ordinal);
        breaks = false;

        Assert.Equal(100, (await TextAsync(gateway, "/a")).Length);
        Assert.Equal(2, _service.Seen.Count);
    }

    [Fact]
    public async Task The_routes_changes_to_the_head_are_made_anew_for_what_was_kept()
    {
        _service.Answer = http =>
        {
            http.Response.Headers.Location = $"http://127.0.0.1:{_service.Port}/next";
            return AnswerWithNumberAsync(http);
        };
        await using var gateway = await TestGateway.StartAsync(
            _service, "/a", "/d", """ "CacheOptions": { "TtlSeconds": 10 }, "DownstreamHeaderTransform": { "X-Added": "yes", "Location": "{DownstreamBaseUrl}, /front/" } """);

        for (var i = 0; i < 2; i++)
        {
            using var answer = await gateway.GetAsync("/a");
            Assert.Equal(["yes"], answer.Headers.GetValues("X-Added"));
            Assert.Equal("/front/next", answer.Headers.Location?.ToString());
        }
        Assert.Single(_service.Seen);
    }

    [Fact]
    public async Task A_region_can_be_cleared()
    {
        await using var gateway = await TestGateway.StartAsync($$"""
            { "Routes": [
                {{TestGateway.Route(_service.Port, "/a", "/a", """ "CacheOptions": { "TtlSeconds": 10, "Region": "goods" } """)}},
                {{TestGateway.Route(_service.Port, "/b", "/b", """ "CacheOptions": { "TtlSeconds": 10 } """)}} ] }
            """);
        await TextAsync(gateway, "/a");
        await TextAsync(gateway, "/b");

        await gateway.Services.GetRequiredService<ICacheRegions>().ClearAsync("goods", Stopping);

        Assert.Equal("call 3", await TextAsync(gateway, "/a"));
        Assert.Equal("call 2", await TextAsync(gateway, "/b"));
    }

    [Fact]
    public async Task What_is_kept_outlives_a_reload()
    {
        await using var gateway = await StartAsync();
        await TextAsync(gateway, "/a");

        await gateway.ReloadAsync($$"""
            { "Routes": [ {{TestGateway.Route(_service.Port, "/a", "/d", """ "CacheOptions": { "TtlSeconds": 10 } """)}}, {{TestGateway.Route(_service.Port, "/b", "/d")}} ] }
            """);

        Assert.Equal("call 1", await TextAsync(gateway, "/a"));
    }

    [Theory]
    [InlineData(""" "CacheOptions": { "TtlSeconds": 10 } """, "", 1)]
    [InlineData(""" "CacheOptions": { "TtlSeconds": 10 } """, """, "CacheOptions": { "TtlSeconds": 0 } """, 2)]
    [InlineData(""" "CacheOptions": { "TtlSeconds": 10, "RouteKeys": ["b"] } """, "", 2)]
    [InlineData("", """, "FileCacheOptions": { "TtlSeconds": 10 } """, 1)]
    [InlineData("", """, "FileCacheOptions": { "Region": "x" }, "CacheOptions": { "TtlSeconds": 60 } """, 2)] // the former name wins as a whole
    [InlineData(""" "CacheOptions": { "TtlSeconds": 10 } """, """, "CacheOptions": { "Region": "x" } """, 1)]
    public async Task Combines_the_route_with_the_global_section(string global, string route, int calls)
    {
        await using var gateway = await TestGateway.StartAsync($$"""
            { "Routes": [ {{TestGateway.Route(_service.Port, "/a", "/d", $"\"Key\": \"a\"{route}")}}, {{TestGateway.Route(_service.Port, "/b", "/d", "\"Key\": \"b\"")}} ],
              "GlobalConfiguration": { {{global}} } }
            """);

        await TextAsync(gateway, "/a");
        await TextAsync(gateway, "/a");

        Assert.Equal(calls, _service.Seen.Count);
    }

    [Theory]
    [InlineData("GET /a", "GET /a", 500, true)]
    [InlineData("POST /a", "POST /a", 200, true)]
    [InlineData("GET /a Authorization: Basic alice", "GET /a Authorization: Basic bob", 200, true)]
    [InlineData("GET /a OC-Cache-Control: 1", "GET /a OC-Cache-Control: 2", 200, false)]
    public async Task Under_compatibility_keeps_all_that_Ocelot_keeps(string first, string second, int status, bool isOneAnswer)
    {
        _service.Answer = http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.SetCookie = "a=b";
            return Task.CompletedTask;
        };
        await using var gateway = await TestGateway.StartAsync(
            _service, "/a", "/d", """ "CacheOptions": { "TtlSeconds": 10 } """, """ "Compatibility": "Ocelot25" """);

        await SendAsync(gateway, first);
        using var answer = await SendAsync(gateway, second);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(["a=b"], answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal(isOneAnswer ? 1 : 2, _service.Seen.Count);
    }

    [Theory]
    [InlineData(""" "TtlSeconds": -1 """, "", "Routes[0].CacheOptions.TtlSeconds")]
    [InlineData(""" "TtlSeconds": 1, "MaxEntryBytes": 0 """, "", "Routes[0].CacheOptions.MaxEntryBytes")]
    [InlineData(""" "TtlSeconds": 1 """, """ "CacheOptions": { "MaxTotalBytes": 0 } """, "GlobalConfiguration.CacheOptions.MaxTotalBytes")]
    public async Task Refuses_bounds_that_are_none(string options, string global, string path) =>
        Assert.Equal(path, (await ConfigurationCheck.ProblemsOfRouteAsync($$""" "CacheOptions": { {{options}} } """, global)).OnlyError().Path);

    private Task<TestGateway> StartAsync(string options = """ "TtlSeconds": 10 """) =>
        TestGateway.StartAsync(_service, "/a", "/d", $$""" "CacheOptions": { {{options}} } """, configure: s => s.AddSingleton<TimeProvider>(_time));

    private Task AnswerWithNumberAsync(HttpContext http)
    {
        http.Response.ContentType = "text/plain";
        return http.Response.WriteAsync($"call {Interlocked.Increment(ref _calls)}");
    }

    private static async Task<string> TextAsync(TestGateway gateway, string target)
    {
        using var answer = await gateway.GetAsync(target);
        return await answer.Content.ReadAsStringAsync(Stopping);
    }

    /// <summary>Sends a request written as <c>GET /a Header: value</c> and reads its answer.</summary>
    private static async Task<HttpResponseMessage> SendAsync(TestGateway gateway, string line)
    {
        var parts = line.Split(' ', 4);
        var request = new HttpRequestMessage(new HttpMethod(parts[0]), parts[1]);
        if (parts.Length > 2) request.Headers.TryAddWithoutValidation(parts[2].TrimEnd(':'), parts[3]);
        var answer = await gateway.SendAsync(request);
        await answer.Content.LoadIntoBufferAsync(Stopping);
        return answer;
    }
}
