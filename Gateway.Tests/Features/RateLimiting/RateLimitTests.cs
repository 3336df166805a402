using System.Globalization;
using System.Net;
using System.Text.Json;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Features.RateLimiting;

/// <summary>Limits as a client meets them (contract 06 §1; 00).</summary>
public sealed class RateLimitTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private StubService _service = null!;

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _service = await StubService.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData(""" "Limit": 3, "Period": "1s" """, "0 0 0 0 1.01", "200 200 200 429 200")]
    [InlineData(""" "Limit": 2, "Period": "3s" """, "0 0 0 1.1 3.2", "200 200 429 429 200")]
    [InlineData(""" "Limit": 2, "Period": "3s", "Wait": "1s" """, "0 0 0 1.1", "200 200 429 200")]
    [InlineData(""" "Limit": 1, "Period": "1s", "Wait": "3s" """, "0 0 1.5 3.3", "200 429 429 200")]
    [InlineData(""" "Limit": 1, "Period": "1s", "Wait": "5s", "PeriodTimespan": 1 """, "0 0 1.1", "200 429 200")] // the former name wins
    [InlineData(""" "Limit": 1, "Period": "1s", "HttpStatusCode": 999 """, "0 0", "200 999")]
    [InlineData(""" "Limit": 1, "Period": "1s", "Algorithm": "SlidingWindow" """, "0 0.9 1.05 1.2", "200 429 429 200")]
    [InlineData(""" "Limit": 2, "Period": "2s", "Algorithm": "TokenBucket" """, "0 0 0 1 1", "200 200 429 200 429")]
    [InlineData(""" "EnableRateLimiting": false, "Limit": 1, "Period": "1s" """, "0 0 0", "200 200 200")]
    [InlineData(""" "EnableRateLimiting": true, "Limit": 1, "Period": "1s" """, "0 0", "200 429")]
    public async Task Limits_by_the_routes_rule(string options, string times, string expected)
    {
        await using var gateway = await StartAsync($$""" "RateLimitOptions": { {{options}} } """);

        Assert.Equal(expected, await AtAsync(gateway, times));
    }

    [Theory]
    [InlineData(""" "Limit": 1, "Period": "1m" """, "", "200 429")]
    [InlineData(""" "HttpStatusCode": 999 """, "", "200 200")] // defaults only
    [InlineData(""" "HttpStatusCode": 999 """, """ "EnableRateLimiting": true, "Period": "1s", "PeriodTimespan": 1, "Limit": 1 """, "200 999")]
    [InlineData(""" "HttpStatusCode": 999 """, """ "EnableRateLimiting": false """, "200 200")]
    [InlineData(""" "EnableRateLimiting": false """, """ "EnableRateLimiting": true, "Limit": 1, "Period": "1m" """, "200 200")] // the kill switch
    [InlineData(""" "Period": "1m" """, """ "Limit": 1 """, "200 429")]
    [InlineData(""" "Limit": 5 """, """ "Limit": 1, "Period": "1m" """, "200 429")]
    [InlineData(""" "HttpStatusCode": 499 """, """ "Limit": 1, "Period": "1m", "StatusCode": 418 """, "200 418")] // by meaning: the route first
    [InlineData(""" "Limit": 1, "Period": "1m", "RouteKeys": ["other"] """, "", "200 200")]
    [InlineData(""" "Limit": 1, "Period": "1m", "RouteKeys": ["mine"] """, "", "200 429")]
    public async Task Combines_the_route_with_the_global_section(string global, string route, string expected)
    {
        var own = route.Length > 0 ? $$""", "RateLimitOptions": { {{route}} } """ : "";
        var other = global.Contains("other", StringComparison.Ordinal) ? ", " + TestGateway.Route(_service.Port, "/b", "/d", """ "Key": "other" """) : "";
        await using var gateway = await StartJsonAsync($$"""
            { "Routes": [ {{TestGateway.Route(_service.Port, "/a", "/d", $$""" "Key": "mine" {{own}} """)}}{{other}} ],
              "GlobalConfiguration": { "RateLimitOptions": { {{global}} } } }
            """);

        Assert.Equal(expected, await AtAsync(gateway, "0 0"));
    }

    [Fact]
    public async Task Tells_a_client_that_passes_what_it_has_left()
    {
        _service.Answer = http =>
        {
            http.Response.Headers["X-RateLimit-Limit"] = "the service's own";
            return Task.CompletedTask;
        };
        await using var gateway = await StartAsync(""" "RateLimitOptions": { "Limit": 3, "Period": "10s" } """);

        using var answer = await SendAsync(gateway, "alice");

        Assert.Equal(["3"], answer.Headers.GetValues("X-RateLimit-Limit"));
        Assert.Equal(["2"], answer.Headers.GetValues("X-RateLimit-Remaining"));
        var reset = DateTimeOffset.Parse(answer.Headers.GetValues("X-RateLimit-Reset").Single(), CultureInfo.InvariantCulture);
        Assert.Equal(_time.GetUtcNow().AddSeconds(10), reset);
        Assert.Null(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Tells_it_whatever_the_status_is()
    {
        await using var gone = await StubService.StartAsync();
        await gone.DisposeAsync();
        await using var gateway = await TestGateway.StartAsync(gone, "/a", "/d", """ "RateLimitOptions": { "Limit": 3, "Period": "10s" } """);

        using var answer = await SendAsync(gateway, "alice");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal(["2"], answer.Headers.GetValues("X-RateLimit-Remaining"));
    }

    [Fact]
    public async Task Refuses_with_a_problem_body_and_whole_seconds_to_wait()
    {
        await using var gateway = await StartAsync(""" "RateLimitOptions": { "Limit": 1, "Period": "9s" } """);
        await AtAsync(gateway, "0 0.1");

        using var answer = await SendAsync(gateway, "alice");
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stopping));

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(["9"], answer.Headers.GetValues("Retry-After"));
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("rate_limit_exceeded", body.RootElement.GetProperty("code").GetString());
        Assert.False(answer.Headers.Contains("X-RateLimit-Limit"));
        Assert.Single(_service.Seen);
    }

    [Theory]
    [InlineData("API calls quota exceeded! Maximum admitted {0} per {1}.", "API calls quota exceeded! Maximum admitted 1 per 9s.")]
    [InlineData("{\\\"error\\\":\\\"{0} per {1}\\\"}", "{\"error\":\"1 per 9s\"}")]
    [InlineData("{{\\\"error\\\":\\\"x\\\"}}", "{\"error\":\"x\"}")] // escaped, as Ocelot wants it
    [InlineData("{5} is literal", "{5} is literal")]
    [InlineData("Genug für heute", "Genug für heute")]
    public async Task A_quota_message_is_the_body_as_it_is(string message, string expected)
    {
        await using var gateway = await StartAsync($$""" "RateLimitOptions": { "Limit": 1, "Period": "9s", "QuotaMessage": "{{message}}" } """);
        await SendAsync(gateway, "alice");

        using var answer = await SendAsync(gateway, "alice");

        Assert.Equal(expected, await answer.Content.ReadAsStringAsync(Stopping));
        Assert.Null(answer.Content.Headers.ContentType);
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(expected), answer.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_refused_head_request_gets_the_length_of_the_text_and_no_text()
    {
        await using var gateway = await StartAsync(""" "RateLimitOptions": { "Limit": 1, "Period": "9s", "QuotaExceededMessage": "enough" } """);
        await SendAsync(gateway, "alice");

        using var answer = await SendAsync(gateway, "alice", HttpMethod.Head);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(6, answer.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData(""" "EnableHeaders": false """)]
    [InlineData(""" "DisableRateLimitHeaders": true """)]
    public async Task Sends_no_headers_where_they_are_switched_off(string options)
    {
        await using var gateway = await StartAsync($$""" "RateLimitOptions": { "Limit": 1, "Period": "9s", {{options}} } """);

        using var passed = await SendAsync(gateway, "alice");
        using var refused = await SendAsync(gateway, "alice");

        Assert.False(passed.Headers.Contains("X-RateLimit-Limit"));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Null(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_whitelisted_client_is_not_counted_and_told_nothing()
    {
        await using var gateway = await StartAsync(""" "RateLimitOptions": { "Limit": 1, "Period": "9s", "ClientWhitelist": ["alice"] } """);

        var alice = await StatusesAsync(gateway, "alice", "alice", "alice");
        var other = await StatusesAsync(gateway, "Alice", "Alice");
        using var answer = await SendAsync(gateway, "alice");

        Assert.Equal("200 200 200", alice);
        Assert.Equal("200 429", other);
        Assert.False(answer.Headers.Contains("X-RateLimit-Limit"));
    }

    [Fact]
    public async Task Clients_are_told_apart_by_the_header_that_the_file_names()
    {
        await using var gateway = await StartAsync(""" "RateLimitOptions": { "Limit": 1, "Period": "9s", "ClientIdHeader": "X-Customer" } """);

        var statuses = new List<int>();
        foreach (var customer in new[] { "a", "b", "a" })
        {
            using var answer = await gateway.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/a") { Headers = { { "X-Customer", customer } } });
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([200, 200, 429], statuses);
    }

    [Fact]
    public async Task A_client_without_the_header_is_counted_by_its_address()
    {
        await using var gateway = await StartAsync(""" "RateLimitOptions": { "Limit": 1, "Period": "9s" } """);

        Assert.Equal("200 429", await StatusesAsync(gateway, null, null));
        Assert.Equal("200 429", await StatusesAsync(gateway, "127.0.0.1", "127.0.0.1")); // a name that looks like the address is another client
    }

    [Fact]
    public async Task Under_compatibility_a_client_without_the_header_is_refused_with_503()
    {
        await using var gateway = await StartAsync(
            """ "RateLimitOptions": { "Limit": 1, "Period": "9s" } """, """ "Compatibility": "Ocelot25" """);

        Assert.Equal("503 200 429", await StatusesAsync(gateway, null, "alice", "alice"));
        using var refused = await SendAsync(gateway, "alice");
        Assert.Equal("API calls quota exceeded! Maximum admitted 1 per 9s.", await refused.Content.ReadAsStringAsync(Stopping));
    }

    [Fact]
    public async Task A_preflight_is_never_counted()
    {
        await using var gateway = await StartAsync(""" "RateLimitOptions": { "Limit": 1, "Period": "9s" } """);
        await SendAsync(gateway, null);

        using var preflight = await gateway.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/a")
        {
            Headers = { { "Origin", "https://shop.example" }, { "Access-Control-Request-Method", "GET" } },
        });
        using var options = await SendAsync(gateway, null, HttpMethod.Options);

        Assert.Equal(HttpStatusCode.OK, preflight.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, options.StatusCode);
    }

    [Theory]
    [InlineData("ip", "200 429 429")]
    [InlineData("route", "200 429 429")]
    [InlineData("header:Oc-Client", "200 200 429")]
    public async Task The_key_says_who_is_counted(string key, string expected)
    {
        await using var gateway = await StartAsync($$""" "RateLimitOptions": { "Limit": 1, "Period": "9s", "Key": "{{key}}" } """);

        Assert.Equal(expected, await StatusesAsync(gateway, "alice", "bob", "alice"));
    }

    [Fact]
    public async Task A_limit_by_claim_counts_callers_once_they_are_known()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(
            _service, "/a", "/d",
            """ "RateLimitOptions": { "Limit": 1, "Period": "1h", "Key": "claim:sub" }, "AuthenticationOptions": { "AuthenticationProviderKey": "Bearer" } """,
            settings: Authentication.Schemes.Jwt(issuer));

        var statuses = new List<int>();
        foreach (var token in new[] { "none", issuer.Jwt("sub", "alice"), issuer.Jwt("sub", "alice"), "none", issuer.Jwt("sub", "bob") })
        {
            using var answer = await gateway.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/a") { Headers = { { "Authorization", $"Bearer {token}" } } });
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([401, 200, 429, 401, 200], statuses);
    }

    [Fact]
    public async Task Credentials_that_are_refused_count_where_the_limit_does_not_need_them()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(
            _service, "/a", "/d",
            """ "RateLimitOptions": { "Limit": 1, "Period": "1h" }, "AuthenticationOptions": { "AuthenticationProviderKey": "Bearer" } """,
            settings: Authentication.Schemes.Jwt(issuer));

        using var unauthenticated = await SendAsync(gateway, "alice");

        Assert.Equal(HttpStatusCode.Unauthorized, unauthenticated.StatusCode);
        Assert.Equal(["0"], unauthenticated.Headers.GetValues("X-RateLimit-Remaining"));
        Assert.Equal("429", await StatusesAsync(gateway, "alice"));
    }

    [Fact]
    public async Task The_clients_address_may_be_put_in_the_place_of_its_name()
    {
        await using var gateway = await StartAsync("""
            "RateLimitOptions": { "Limit": 1, "Period": "9s" }, "UpstreamHeaderTransform": { "Oc-Client": "{RemoteIpAddress}" }
            """);

        Assert.Equal("200 429 429", await StatusesAsync(gateway, "alice", "bob", null));
    }

    [Theory]
    [InlineData("KeyPrefix")]
    [InlineData("RateLimitCounterPrefix")]
    public async Task Another_prefix_is_another_set_of_counters(string key)
    {
        var json = (string o) => $$"""{ "Routes": [ {{TestGateway.Route(_service.Port, "/a", "/d", $$""" "RateLimitOptions": { "Limit": 1, "Period": "9s"{{o}} } """)}} ] }""";
        await using var gateway = await StartJsonAsync(json(""));
        await SendAsync(gateway, "alice");

        await gateway.ReloadAsync(json($$""", "{{key}}": "other" """));

        Assert.Equal("200 429", await StatusesAsync(gateway, "alice", "alice"));
    }

    [Fact]
    public async Task Concurrency_is_free_again_when_the_answer_has_ended()
    {
        var waiting = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        _service.Answer = http =>
        {
            arrived.TrySetResult();
            return waiting.Task;
        };
        await using var gateway = await StartAsync(""" "RateLimitOptions": { "Limit": 1, "Algorithm": "Concurrency" } """);

        var first = SendAsync(gateway, "alice");
        await arrived.Task.WaitAsync(Stopping);
        var during = await StatusesAsync(gateway, "alice");
        waiting.SetResult();
        using var answer = await first;

        Assert.Equal("429", during);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Eventually.TrueAsync(async () => await StatusesAsync(gateway, "alice") == "200", "the place is free");
    }

    [Fact]
    public async Task Routes_do_not_share_counters_even_with_one_path_and_key()
    {
        const string Rule = """ "Key": "group", "RateLimitOptions": { "Limit": 1, "Period": "9s" } """;
        await using var gateway = await StartJsonAsync($$"""
            { "Routes": [
                {{TestGateway.Route(_service.Port, "/a", "/d", $""" "UpstreamHttpMethod": ["Get"], {Rule} """)}},
                {{TestGateway.Route(_service.Port, "/a", "/d", $""" "UpstreamHttpMethod": ["Post"], {Rule} """)}} ] }
            """);

        using var get = await SendAsync(gateway, "alice");
        using var post = await SendAsync(gateway, "alice", HttpMethod.Post);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (get.StatusCode, post.StatusCode));
        Assert.Equal("429", await StatusesAsync(gateway, "alice"));
    }

    [Theory]
    [InlineData(""" "Limit": 1, "Period": "9s", "QuotaMessage": "other words" """, "429")]
    [InlineData(""" "Limit": 2, "Period": "9s" """, "200")]
    public async Task Counters_outlive_a_reload_while_the_rule_is_the_same(string options, string expected)
    {
        var json = (string o) => $$"""{ "Routes": [ {{TestGateway.Route(_service.Port, "/a", "/d", $$""" "RateLimitOptions": { {{o}} } """)}} ] }""";
        await using var gateway = await StartJsonAsync(json(""" "Limit": 1, "Period": "9s" """));
        await SendAsync(gateway, "alice");

        await gateway.ReloadAsync(json(options));

        Assert.Equal(expected, await StatusesAsync(gateway, "alice"));
    }

    private Task<TestGateway> StartAsync(string route, string global = "") =>
        TestGateway.StartAsync(_service, "/a", "/d", route, global, configure: s => s.AddSingleton<TimeProvider>(_time));

    private Task<TestGateway> StartJsonAsync(string json) =>
        TestGateway.StartAsync(json, configure: s => s.AddSingleton<TimeProvider>(_time));

    private static Task<HttpResponseMessage> SendAsync(TestGateway gateway, string? client, HttpMethod? method = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, "/a");
        if (client is not null) request.Headers.Add("Oc-Client", client);
        return gateway.SendAsync(request);
    }

    private static async Task<string> StatusesAsync(TestGateway gateway, params string?[] clients)
    {
        var statuses = new List<int>();
        foreach (var client in clients)
        {
            using var answer = await SendAsync(gateway, client);
            statuses.Add((int)answer.StatusCode);
        }
        return string.Join(' ', statuses);
    }

    /// <summary>Sends a request at each of the times, in seconds since the beginning.</summary>
    private async Task<string> AtAsync(TestGateway gateway, string times)
    {
        var statuses = new List<string>();
        var start = _time.GetTimestamp();
        foreach (var at in times.Split(' ').Select(t => TimeSpan.FromSeconds(double.Parse(t, CultureInfo.InvariantCulture))))
        {
            if (at > _time.GetElapsedTime(start)) _time.Advance(at - _time.GetElapsedTime(start));
            statuses.Add(await StatusesAsync(gateway, "alice"));
        }
        return string.Join(' ', statuses);
    }
}
