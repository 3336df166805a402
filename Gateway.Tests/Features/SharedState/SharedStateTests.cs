using System.Net;
using System.Text.Json;
using Gateway.Pipeline;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.SharedState;

/// <summary>Several gateways as one: what they count and keep together, and how they go on alone.</summary>
public sealed class SharedStateTests
{
    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("FixedWindow")]
    [InlineData("SlidingWindow")]
    [InlineData("TokenBucket")]
    public async Task Three_gateways_hold_one_limit_exactly_under_concurrent_load(string algorithm)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var fleet = await Fleet.StartAsync(3, service, redis, $$""" "RateLimitOptions": { "Limit": 100, "Period": "1h", "Algorithm": "{{algorithm}}" } """);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 300).Select(async i =>
        {
            using var answer = await fleet[i % 3].GetAsync("/a");
            return answer.StatusCode;
        }));

        Assert.Equal(100, statuses.Count(s => s == HttpStatusCode.OK));
        Assert.Equal(200, statuses.Count(s => s == HttpStatusCode.TooManyRequests));
        Assert.Equal(100, service.Seen.Count);
    }

    [Fact]
    public async Task No_request_fails_while_the_shared_state_goes_and_comes()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var fleet = await Fleet.StartAsync(2, service, redis,
            """ "RateLimitOptions": { "Limit": 1000000, "Period": "1h" }, "CacheOptions": { "TtlSeconds": 60 } """);
        Assert.True(await IsUpAsync(fleet[0]));

        var stop = false;
        var load = Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            var statuses = new HashSet<HttpStatusCode>();
            while (!Volatile.Read(ref stop))
            {
                using var answer = await fleet[i % 2].GetAsync($"/a?{i}");
                statuses.Add(answer.StatusCode);
            }
            return statuses;
        }));
        await redis.KillAsync();
        await Eventually.TrueAsync(async () => !await IsUpAsync(fleet[0]) && !await IsUpAsync(fleet[1]), "health tells that it is away");
        await redis.StartAgainAsync();
        await Eventually.TrueAsync(async () => await IsUpAsync(fleet[0]) && await IsUpAsync(fleet[1]), "health tells that it is back");
        Volatile.Write(ref stop, true);

        Assert.All(await load, statuses => Assert.Equal([HttpStatusCode.OK], statuses));
    }

    [Fact]
    public async Task A_gateway_alone_holds_the_limit_by_itself_and_counts_with_the_others_again()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var fleet = await Fleet.StartAsync(2, service, redis, """ "RateLimitOptions": { "Limit": 2, "Period": "1h" } """);
        await redis.KillAsync();
        await Eventually.TrueAsync(async () => !await IsUpAsync(fleet[0]) && !await IsUpAsync(fleet[1]), "it is away");

        Assert.Equal("200 200 429", await StatusesAsync(fleet[0], fleet[0], fleet[0]));
        Assert.Equal("200 200 429", await StatusesAsync(fleet[1], fleet[1], fleet[1]));

        await redis.StartAgainAsync();
        await Eventually.TrueAsync(async () => await IsUpAsync(fleet[0]) && await IsUpAsync(fleet[1]), "it is back");
        Assert.Equal("200 200 429 429", await StatusesAsync(fleet[0], fleet[1], fleet[0], fleet[1]));
    }

    [Fact]
    public async Task A_gateway_starts_without_the_shared_state()
    {
        var port = FreePorts.Take(1)[0];
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(
            service, "/a", "/d", """ "RateLimitOptions": { "Limit": 1, "Period": "1h" } """,
            $$""" "SharedState": { "Type": "Redis", "ConnectionString": "127.0.0.1:{{port}}" } """);

        Assert.Equal("200 429", await StatusesAsync(gateway, gateway));
        Assert.False(await IsUpAsync(gateway));
    }

    [Fact]
    public async Task Gateways_answer_with_what_another_has_kept_until_one_clears_its_region()
    {
        var calls = 0;
        await using var redis = await RedisServer.StartAsync();
        await using var service = await StubService.StartAsync(http =>
        {
            http.Response.Headers.Vary = "Accept-Language";
            http.Response.Headers.ETag = "\"x\"";
            return http.Response.WriteAsync($"call {Interlocked.Increment(ref calls)}");
        });
        await using var fleet = await Fleet.StartAsync(2, service, redis, """ "CacheOptions": { "TtlSeconds": 60, "Region": "goods" } """);

        var first = await TextAsync(fleet[0]);
        using var answer = await AskShopAsync(fleet[1]);
        await fleet[0].Services.GetRequiredService<ICacheRegions>().ClearAsync("goods", Stopping);

        Assert.Equal("call 1", first);
        Assert.Equal("call 1", await answer.Content.ReadAsStringAsync(Stopping));
        Assert.Equal("\"x\"", answer.Headers.ETag?.ToString());
        Assert.Equal("call 2", await TextAsync(fleet[1]));
        Assert.Equal("call 2", await TextAsync(fleet[0]));
    }

    [Fact]
    public async Task Another_prefix_is_another_state()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var service = await StubService.StartAsync();
        const string Limit = """ "RateLimitOptions": { "Limit": 1, "Period": "1h" } """;
        await using var one = await TestGateway.StartAsync(service, "/a", "/d", Limit, redis.Json);
        await using var two = await TestGateway.StartAsync(
            service, "/a", "/d", Limit, redis.Json.Replace("}", ", \"KeyPrefix\": \"other\" }", StringComparison.Ordinal));

        Assert.Equal("200 429 200 429", await StatusesAsync(one, one, two, two));
    }

    [Theory]
    [InlineData(""" "Type": "Redis" """, "ConnectionString")]
    [InlineData(""" "ConnectionString": "redis:6379" """, "Type")]
    [InlineData(""" "Type": "Memcached", "ConnectionString": "redis:6379" """, "Type")]
    [InlineData(""" "Type": "Redis", "ConnectionString": "redis:6379,nonsense=secret" """, "ConnectionString")]
    [InlineData(""" "Type": "Redis", "ConnectionString": "password=secret" """, "ConnectionString")]
    public async Task Refuses_what_leads_nowhere_without_telling_secrets(string options, string property)
    {
        var problems = await ConfigurationCheck.ProblemsOfRouteAsync("", $$""" "SharedState": { {{options}} } """);

        Assert.Contains(problems, p => p.Path == $"GlobalConfiguration.SharedState.{property}");
        Assert.All(problems, p => Assert.DoesNotContain("secret", p.ToString(), StringComparison.Ordinal));
    }

    private static async Task<bool> IsUpAsync(TestGateway gateway)
    {
        using var health = JsonDocument.Parse(await gateway.Management.GetStringAsync("/health/ready", Stopping));
        var isUp = health.RootElement.GetProperty("sharedState").GetProperty("up").GetBoolean();
        Assert.Equal(isUp ? "ready" : "degraded", health.RootElement.GetProperty("status").GetString());
        return isUp;
    }

    private static async Task<string> StatusesAsync(params TestGateway[] gateways)
    {
        var statuses = new List<int>();
        foreach (var gateway in gateways)
        {
            using var answer = await gateway.GetAsync("/a");
            statuses.Add((int)answer.StatusCode);
        }
        return string.Join(' ', statuses);
    }

    // Gateways behind one address are asked for one host; answers for another host are kept apart.
    private static async Task<HttpResponseMessage> AskShopAsync(TestGateway gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/a");
        request.Headers.Host = "shop.example";
        return await gateway.SendAsync(request);
    }

    private static async Task<string> TextAsync(TestGateway gateway)
    {
        using var answer = await AskShopAsync(gateway);
        return await answer.Content.ReadAsStringAsync(Stopping);
    }
}
