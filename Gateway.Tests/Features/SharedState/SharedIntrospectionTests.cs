using System.Net;
using Gateway.Tests.Features.Authentication;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.SharedState;

/// <summary>What one gateway was told about a token, the others needn't ask again.</summary>
public sealed class SharedIntrospectionTests
{
    private const string Route = """ "AuthenticationOptions": { "AuthenticationProviderKeys": ["Bearer"] } """;

    [Fact]
    public async Task A_token_is_looked_up_once_for_all_gateways_good_or_not()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var fleet = await StartAsync(service, redis, issuer);
        var (good, bad) = (issuer.Reference("""{ "active": true, "sub": "alice", "scope": "a b" }"""), "unheard-of");

        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await fleet[i % 3].StatusAsync(good));
            Assert.Equal(HttpStatusCode.Unauthorized, await fleet[i % 3].StatusAsync(bad));
        }

        Assert.Equal(2, issuer.Introspections);
    }

    [Fact]
    public async Task Claims_come_through_as_they_were()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var fleet = await StartAsync(service, redis, issuer, """, "AddHeadersToRequest": { "X-Sub": "Claims[sub] > value" }, "RouteClaimsRequirement": { "role": "boss" } """);
        var token = issuer.Reference("""{ "active": true, "sub": "älice", "role": ["clerk", "boss"] }""");

        Assert.Equal(HttpStatusCode.OK, await fleet[0].StatusAsync(token));
        Assert.Equal(HttpStatusCode.OK, await fleet[1].StatusAsync(token));

        Assert.Equal(service.Seen[0]["X-Sub"], service.Seen[1]["X-Sub"]);
        Assert.Equal(1, issuer.Introspections);
    }

    [Fact]
    public async Task Nothing_that_is_kept_tells_the_token_the_secret_or_the_claims_nor_outlives_the_token()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var fleet = await StartAsync(service, redis, issuer);
        var end = TimeProvider.System.GetUtcNow().AddMinutes(2);
        var token = issuer.Reference($$"""{ "active": true, "sub": "alice-in-wonderland", "exp": {{end.ToUnixTimeSeconds()}} }""");

        Assert.Equal(HttpStatusCode.OK, await fleet[0].StatusAsync(token));

        var kept = await redis.DumpAsync();
        Assert.Contains("gateway:introspection:", kept, StringComparison.Ordinal);
        Assert.DoesNotContain(token, kept, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(TokenIssuer.ApiSecret, kept, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", kept, StringComparison.Ordinal);
        Assert.InRange((await redis.LifetimeAsync("gateway:introspection:"))!.Value, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task An_answer_that_was_made_up_or_moved_is_not_believed()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var fleet = await StartAsync(service, redis, issuer);
        var (good, revoked) = (issuer.Reference(), issuer.Reference());
        Assert.Equal(HttpStatusCode.OK, await fleet[0].StatusAsync(good));
        issuer.Revoke(revoked);
        Assert.Equal(HttpStatusCode.Unauthorized, await fleet[0].StatusAsync(revoked));

        await redis.SwapValuesAsync("gateway:introspection:");

        Assert.Equal(HttpStatusCode.OK, await fleet[1].StatusAsync(good));
        Assert.Equal(HttpStatusCode.Unauthorized, await fleet[1].StatusAsync(revoked));
        Assert.Equal(4, issuer.Introspections);
    }

    [Fact]
    public async Task Every_gateway_asks_by_itself_while_the_shared_state_is_away()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var fleet = await StartAsync(service, redis, issuer);
        await fleet.LoseAsync(redis);
        var token = issuer.Reference();

        for (var i = 0; i < 6; i++) Assert.Equal(HttpStatusCode.OK, await fleet[i % 3].StatusAsync(token));

        Assert.Equal(3, issuer.Introspections);
    }

    [Fact]
    public async Task Nothing_is_kept_for_a_scheme_without_a_cache()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var fleet = await Fleet.StartAsync(2, service, redis, Route, Schemes.Introspection(issuer));
        var token = issuer.Reference();

        Assert.Equal(HttpStatusCode.OK, await fleet[0].StatusAsync(token));
        issuer.Revoke(token);

        Assert.Equal(HttpStatusCode.Unauthorized, await fleet[1].StatusAsync(token));
        Assert.DoesNotContain("introspection", await redis.DumpAsync(), StringComparison.Ordinal);
    }

    private static Task<Fleet> StartAsync(StubService service, RedisServer redis, TokenIssuer issuer, string more = "") =>
        Fleet.StartAsync(3, service, redis, Route + more, Schemes.Introspection(issuer, "Bearer", ("EnableCaching", "true"), ("CacheDuration", "00:10:00")));
}
