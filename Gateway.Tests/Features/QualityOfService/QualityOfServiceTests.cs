using System.Net;
using System.Text.Json;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Features.QualityOfService;

/// <summary>Breaker, time-out and retries as a client and a service meet them (contract 06 §2; 04 §4.5; 00).</summary>
public sealed class QualityOfServiceTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private StubService _service = null!;

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _service = await StubService.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData("500 500 500 200", "500 500 500 503")]
    [InlineData("500 500 200 500 500 201", "500 500 200 500 500 201")]
    [InlineData("404 408 429 499 509 599 200", "404 408 429 499 509 599 200")]
    [InlineData("501 505 508 200", "501 505 508 503")]
    [InlineData("502 503 504 200", "502 503 504 503")]
    public async Task Opens_after_so_many_failures_in_a_row(string answers, string expected)
    {
        await using var gateway = await StartAsync(""" "MinimumThroughput": 3, "BreakDuration": 1000 """);

        var statuses = await StatusesAsync(gateway, answers);

        Assert.Equal(expected, statuses);
        Assert.Equal(expected.EndsWith("503", StringComparison.Ordinal) ? 3 : answers.Split(' ').Length, _service.Seen.Count);
    }

    [Theory]
    [InlineData("200", "200 200")]
    [InlineData("500", "500 503")]
    public async Task After_the_break_a_probe_decides(string probe, string expected)
    {
        await using var gateway = await StartAsync(""" "ExceptionsAllowedBeforeBreaking": 1, "DurationOfBreak": 1000 """);
        await StatusesAsync(gateway, "500");
        _time.Advance(TimeSpan.FromSeconds(1.1));

        Assert.Equal(expected, await StatusesAsync(gateway, $"{probe} 200"));
    }

    [Fact]
    public async Task An_open_circuit_is_a_503_that_says_when_to_come_again()
    {
        await using var gateway = await StartAsync(""" "MinimumThroughput": 1, "BreakDuration": 2500 """);
        await StatusesAsync(gateway, "500");

        using var answer = await gateway.GetAsync("/a");
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stopping));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("circuit_open", body.RootElement.GetProperty("code").GetString());
        Assert.Equal(["3"], answer.Headers.GetValues("Retry-After"));
        Assert.Single(_service.Seen);
    }

    [Fact]
    public async Task Refused_connections_count()
    {
        await _service.DisposeAsync();
        await using var gateway = await StartAsync(""" "MinimumThroughput": 3, "BreakDuration": 1000 """);

        Assert.Equal("502 502 502 503", await StatusesAsync(gateway, "200 200 200 200"));
    }

    [Fact]
    public async Task The_routes_own_time_out_counts()
    {
        _service.Answer = http => Forever(http);
        await using var gateway = await StartAsync(""" "MinimumThroughput": 1, "BreakDuration": 1000 """, """, "Timeout": 1 """);

        await AssertRefusedAsync(gateway, "timed_out");
        await AssertRefusedAsync(gateway, "circuit_open");
    }

    [Fact]
    public async Task An_attempt_that_takes_too_long_is_a_503_and_counts()
    {
        _service.Answer = http => Forever(http);
        await using var gateway = await StartAsync(""" "Timeout": 300, "MinimumThroughput": 1 """);

        var waiting = AssertRefusedAsync(gateway, "timed_out");
        await Eventually.TrueAsync(() => _service.Seen.Count == 1, "the request is under way");
        _time.Advance(TimeSpan.FromMilliseconds(300));
        await waiting;

        await AssertRefusedAsync(gateway, "circuit_open");
    }

    [Fact]
    public async Task The_time_out_ends_with_the_head_of_the_answer()
    {
        var rest = new TaskCompletionSource();
        _service.Answer = async http =>
        {
            await http.Response.WriteAsync("one ");
            await http.Response.Body.FlushAsync();
            await rest.Task;
            await http.Response.WriteAsync("two");
        };
        await using var gateway = await StartAsync(""" "Timeout": 300 """);

        using var answer = await gateway.GetAsync("/a");
        _time.Advance(TimeSpan.FromSeconds(10));
        rest.SetResult();

        Assert.Equal("one two", await answer.Content.ReadAsStringAsync(Stopping));
    }

    [Fact]
    public async Task The_routes_time_out_makes_room_for_a_longer_one_of_an_attempt()
    {
        var go = new TaskCompletionSource();
        _service.Answer = http => go.Task.WaitAsync(http.RequestAborted);
        await using var gateway = await StartAsync(""" "Timeout": 20000 """, """, "Timeout": 1 """);
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1.5));

        var answering = gateway.GetAsync("/a");
        await second.WaitForNextTickAsync(Stopping); // the route's own second has passed
        go.SetResult();
        using var answer = await answering;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_client_that_leaves_shows_nothing_and_a_cancelled_probe_blocks_nobody()
    {
        await using var gateway = await StartAsync(""" "MinimumThroughput": 1, "BreakDuration": 1000 """);
        await StatusesAsync(gateway, "500");
        _time.Advance(TimeSpan.FromSeconds(1.1));
        var left = new TaskCompletionSource();
        _service.Answer = async http =>
        {
            try
            {
                await Forever(http);
            }
            finally
            {
                left.SetResult();
            }
        };

        using (var leaving = new CancellationTokenSource())
        {
            var probe = gateway.Client.GetAsync("/a", leaving.Token);
            await Eventually.TrueAsync(() => _service.Seen.Count == 2, "the probe is under way");
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe);
        }
        await left.Task.WaitAsync(Stopping);

        await Eventually.TrueAsync(async () => await StatusesAsync(gateway, "200") == "200", "the next request is the probe");
    }

    [Fact]
    public async Task Opens_by_the_share_of_failures()
    {
        await using var gateway = await StartAsync(""" "FailureRatio": 0.5, "MinimumThroughput": 4, "SamplingDuration": 10000 """);

        Assert.Equal("500 200 200 500 503", await StatusesAsync(gateway, "500 200 200 500 200"));
    }

    [Fact]
    public async Task Each_route_has_its_own_circuit()
    {
        const string Options = """ "QoSOptions": { "MinimumThroughput": 1 } """;
        await using var gateway = await TestGateway.StartAsync($$"""
            { "Routes": [ {{TestGateway.Route(_service.Port, "/a", "/a", Options)}}, {{TestGateway.Route(_service.Port, "/b", "/b", Options)}} ] }
            """);
        _service.Answer = http =>
        {
            http.Response.StatusCode = http.Request.Path == "/a" ? 500 : 200;
            return Task.CompletedTask;
        };

        await gateway.GetAsync("/a");
        using var open = await gateway.GetAsync("/a");
        using var other = await gateway.GetAsync("/b");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (open.StatusCode, other.StatusCode));
    }

    [Theory]
    [InlineData(""" "MinimumThroughput": 1, "BreakDuration": 1000 """, "503")]
    [InlineData(""" "MinimumThroughput": 2, "BreakDuration": 1000 """, "200")]
    public async Task A_circuit_outlives_a_reload_while_its_settings_are_the_same(string options, string expected)
    {
        await using var gateway = await StartAsync(""" "MinimumThroughput": 1, "BreakDuration": 1000 """);
        await StatusesAsync(gateway, "500");

        await gateway.ReloadAsync($$"""{ "Routes": [ {{TestGateway.Route(_service.Port, "/a", "/d", Section(options))}} ] }""");

        Assert.Equal(expected, await StatusesAsync(gateway, "200"));
    }

    [Theory]
    [InlineData(""" "BreakDuration": 1000 """, """ "MinimumThroughput": 1 """, "500 503")]
    [InlineData(""" "ExceptionsAllowedBeforeBreaking": 1 """, """ "MinimumThroughput": 2 """, "500 200")] // by meaning: the route first
    [InlineData(""" "MinimumThroughput": 1, "RouteKeys": ["other"] """, null, "500 200")]
    [InlineData(""" "MinimumThroughput": 1 """, null, "500 503")]
    public async Task Combines_the_route_with_the_global_section(string global, string? route, string expected)
    {
        var mine = TestGateway.Route(_service.Port, "/a", "/d", $"\"Key\": \"mine\"{(route is null ? "" : $", {Section(route)}")}");
        var other = TestGateway.Route(_service.Port, "/b", "/d", "\"Key\": \"other\"");
        await using var gateway = await TestGateway.StartAsync(
            $$"""{ "Routes": [ {{mine}}, {{other}} ], "GlobalConfiguration": { {{Section(global)}} } }""",
            configure: services => services.AddSingleton<TimeProvider>(_time));

        Assert.Equal(expected, await StatusesAsync(gateway, "500 200"));
    }

    [Theory]
    [InlineData("GET", 503, 3)]
    [InlineData("HEAD", 502, 3)]
    [InlineData("DELETE", 504, 3)]
    [InlineData("GET", 500, 1)]
    [InlineData("GET", 404, 1)]
    [InlineData("POST", 503, 1)]
    [InlineData("PATCH", 503, 1)]
    public async Task Repeats_what_may_be_repeated_when_the_service_is_away(string method, int status, int attempts)
    {
        await using var gateway = await StartAsync(""" "Retry": { "Attempts": 2, "Delay": 0 } """);
        _service.Answer = http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        };

        using var answer = await gateway.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/a"));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(attempts, _service.Seen.Count);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task Repeats_no_request_with_a_body(bool hasBody, int attempts)
    {
        await using var gateway = await StartAsync(""" "Retry": { "Attempts": 1, "Delay": 0 } """);
        _service.Answer = http =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        };

        await gateway.SendAsync(new HttpRequestMessage(HttpMethod.Put, "/a") { Content = hasBody ? new StringContent("x") : null });

        Assert.Equal(attempts, _service.Seen.Count);
    }

    [Fact]
    public async Task A_repetition_goes_to_another_destination_and_its_answer_counts()
    {
        await using var broken = await StubService.StartAsync(503, "down");
        await using var gateway = await TestGateway.StartAsync(0, "/a", "/d", $$"""
            "DownstreamHostAndPorts": [ { "Host": "127.0.0.1", "Port": {{broken.Port}} }, { "Host": "127.0.0.1", "Port": {{_service.Port}} } ],
            {{Section(""" "Retry": { "Attempts": 1, "Delay": 0 } """)}}
            """);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Single(broken.Seen);
        Assert.Single(_service.Seen);
    }

    [Fact]
    public async Task The_budget_bounds_repetitions()
    {
        await using var gateway = await StartAsync(""" "Retry": { "Attempts": 1, "Delay": 0, "Budget": 0.1 } """);

        await StatusesAsync(gateway, string.Join(' ', Enumerable.Repeat("503", 40)));

        Assert.InRange(_service.Seen.Count, 40 + 10, 40 + 14);
    }

    private static string Section(string options) => $$""" "QoSOptions": { {{options}} } """;

    private Task<TestGateway> StartAsync(string options, string more = "") =>
        TestGateway.StartAsync(_service, "/a", "/d", Section(options) + more, configure: s => s.AddSingleton<TimeProvider>(_time));

    private static Task Forever(HttpContext http) => new TaskCompletionSource().Task.WaitAsync(http.RequestAborted);

    private static async Task AssertRefusedAsync(TestGateway gateway, string code)
    {
        using var answer = await gateway.GetAsync("/a");
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stopping));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(code, body.RootElement.GetProperty("code").GetString());
    }

    /// <summary>Sends a request for each of the answers that the service is to give.</summary>
    private async Task<string> StatusesAsync(TestGateway gateway, string answers)
    {
        var statuses = new List<int>();
        foreach (var status in answers.Split(' '))
        {
            _service.Answer = http =>
            {
                http.Response.StatusCode = int.Parse(status, System.Globalization.CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            };
            using var answer = await gateway.GetAsync("/a");
            statuses.Add((int)answer.StatusCode);
        }
        return string.Join(' ', statuses);
    }
}
