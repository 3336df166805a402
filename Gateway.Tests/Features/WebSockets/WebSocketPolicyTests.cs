using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using Gateway.Tests.Features.Authentication;
using Gateway.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Features.WebSockets;

/// <summary>Every policy of a route applies to its WebSockets, before the upgrade (contract 00, WebSocket).</summary>
public sealed class WebSocketPolicyTests
{
    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(""" "SecurityOptions": { "IPBlockedList": ["127.0.0.1"] } """, HttpStatusCode.Forbidden)]
    [InlineData(""" "RouteClaimsRequirement": { "role": "admin" } """, HttpStatusCode.Forbidden)]
    [InlineData(""" "Cors": { "Origins": ["https://shop.example"] } """, HttpStatusCode.Forbidden)]
    [InlineData(""" "UpstreamHttpMethod": ["POST"] """, HttpStatusCode.NotFound)]
    [InlineData(""" "UpstreamHeaderTemplates": { "tenant": "blue" } """, HttpStatusCode.NotFound)]
    public async Task Refuses_before_the_upgrade(string policy, HttpStatusCode expected)
    {
        await using var service = await StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", policy);

        var status = await gateway.RefusedAsync("/a", options => options.SetRequestHeader("Origin", "https://evil.example"));

        Assert.Equal(expected, status);
        Assert.Empty(service.Seen);
    }

    [Theory]
    [InlineData("https://shop.example")]
    [InlineData(null)]
    [InlineData("own")]
    public async Task Lets_pages_of_the_named_origins_in_and_its_own_and_whoever_is_no_page(string? origin)
    {
        await using var service = await StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "Cors": { "Origins": ["https://shop.example"] } """);

        using var client = await gateway.ConnectAsync("/a", options =>
        {
            if (origin is not null) options.SetRequestHeader("Origin", origin == "own" ? gateway.Address : origin);
        });

        Assert.Equal("hello", await client.EchoOfAsync("hello"));
    }

    [Fact]
    public async Task Refuses_whom_no_scheme_knows_and_who_lacks_the_scope()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            """ "AuthenticationOptions": { "AuthenticationProviderKeys": ["Bearer"], "AllowedScopes": ["chat"] } """, settings: Schemes.Jwt(issuer));

        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.RefusedAsync("/a"));
        Assert.Equal(HttpStatusCode.Forbidden, await gateway.RefusedAsync("/a", o => o.SetRequestHeader("Authorization", $"Bearer {issuer.Jwt("scope", "cart")}")));
        Assert.Empty(service.Seen);
        using var client = await gateway.ConnectAsync("/a", o => o.SetRequestHeader("Authorization", $"Bearer {issuer.Jwt("scope", "chat")}"));
        Assert.Equal("hello", await client.EchoOfAsync("hello"));
    }

    [Fact]
    public async Task Refuses_over_the_rate_limit_with_429()
    {
        await using var service = await StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "RateLimitOptions": { "Limit": 1, "Period": "1h", "Wait": "1h" } """);

        using var first = await gateway.ConnectAsync("/a");
        Assert.Equal(HttpStatusCode.TooManyRequests, await gateway.RefusedAsync("/a"));

        Assert.Equal("hello", await first.EchoOfAsync("hello"));
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task Counts_a_conversation_as_concurrent_until_it_ends()
    {
        await using var service = await StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "RateLimitOptions": { "Limit": 1, "Algorithm": "Concurrency" } """);

        using var first = await gateway.ConnectAsync("/a");
        Assert.Equal(HttpStatusCode.TooManyRequests, await gateway.RefusedAsync("/a"));
        await first.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Stopping);

        await Eventually.TrueAsync(async () =>
        {
            using var client = new ClientWebSocket();
            try
            {
                await client.ConnectAsync(new Uri($"ws://127.0.0.1:{gateway.Port}/a"), Stopping);
                return true;
            }
            catch (WebSocketException)
            {
                return false;
            }
        }, "the place is free again");
    }

    [Fact]
    public async Task Refuses_with_503_while_the_circuit_is_open()
    {
        await using var service = await StubService.StartAsync(500, "{}");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "QoSOptions": { "MinimumThroughput": 2, "BreakDuration": 60000 } """);

        HttpStatusCode[] statuses = [await gateway.RefusedAsync("/a"), await gateway.RefusedAsync("/a"), await gateway.RefusedAsync("/a")];

        Assert.Equal([HttpStatusCode.InternalServerError, HttpStatusCode.InternalServerError, HttpStatusCode.ServiceUnavailable], statuses);
        Assert.Equal(2, service.Seen.Count);
    }

    [Fact]
    public async Task Refuses_with_503_when_the_service_does_not_answer_the_upgrade_in_time()
    {
        await using var service = await StubService.StartAsync(http => new TaskCompletionSource().Task.WaitAsync(http.RequestAborted));
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "QoSOptions": { "Timeout": 100 } """);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await gateway.RefusedAsync("/a"));
    }

    [Fact]
    public async Task Goes_on_for_longer_than_an_answer_may_take()
    {
        var time = new FakeTimeProvider();
        await using var service = await StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "Timeout": 2, "QoSOptions": { "Timeout": 500 } """,
            configure: services => services.AddSingleton<TimeProvider>(time));
        using var client = await gateway.ConnectAsync("/a");

        time.Advance(TimeSpan.FromHours(1));
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(2.2);) Assert.Equal("hello", await client.EchoOfAsync("hello"));
    }

    [Theory]
    [InlineData(""" "FileCacheOptions": { "TtlSeconds": 60 } """)]
    [InlineData(""" "DelegatingHandlers": ["RequestLogging"] """)]
    [InlineData(""" "QoSOptions": { "MinimumThroughput": 2, "Retry": { "Attempts": 2 } } """)]
    public async Task Lets_handlers_of_the_route_see_the_upgrade_and_not_hold_it_up(string policy)
    {
        await using var service = await StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", policy);

        for (var i = 0; i < 2; i++)
        {
            using var client = await gateway.ConnectAsync("/a");
            Assert.Equal("hello", await client.EchoOfAsync("hello"));
        }

        Assert.Equal(2, service.Seen.Count);
    }

    [Fact]
    public async Task Counts_as_a_connection_of_its_instance_until_it_ends()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        await using var gateway = await StartAsync(one, two, """ "Type": "LeastConnection" """);

        using var first = await gateway.ConnectAsync("/a");
        for (var i = 0; i < 3; i++)
        {
            using var other = await gateway.ConnectAsync("/a");
            Assert.Equal("hello", await other.EchoOfAsync("hello"));
            await other.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Stopping);
            await Eventually.TrueAsync(() => Active(gateway) == 1, "only the first is open");
        }

        Assert.Equal((1, 3), (one.Seen.Count, two.Seen.Count));
    }

    [Fact]
    public async Task Goes_where_the_clients_session_is()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        await using var gateway = await StartAsync(one, two, """ "Type": "CookieStickySessions", "Key": "sid", "Expiry": 600000 """);

        for (var i = 0; i < 4; i++)
        {
            using var client = await gateway.ConnectAsync("/a", options => options.SetRequestHeader("Cookie", "sid=blue"));
            Assert.Equal("hello", await client.EchoOfAsync("hello"));
        }

        Assert.Equal([0, 4], new[] { one.Seen.Count, two.Seen.Count }.Order());
    }

    private static int Active(TestGateway gateway) => gateway.Services.GetRequiredService<Gateway.Hosting.Observing.TrafficSeries>().Active;

    private static Task<TestGateway> StartAsync(StubService one, StubService two, string balancer) => TestGateway.StartAsync($$"""
        { "Routes": [ { "UpstreamPathTemplate": "/a", "DownstreamPathTemplate": "/d", "DownstreamScheme": "ws", "LoadBalancerOptions": { {{balancer}} },
            "DownstreamHostAndPorts": [ { "Host": "127.0.0.1", "Port": {{one.Port}} }, { "Host": "127.0.0.1", "Port": {{two.Port}} } ] } ] }
        """);

    private static async Task<StubService> StartAsync()
    {
        var service = await StubService.StartAsync(Talk.EchoAsync);
        service.ReadsBodies = false;
        return service;
    }
}
