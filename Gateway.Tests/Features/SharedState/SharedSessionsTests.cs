using Gateway.Tests.Support;

namespace Gateway.Tests.Features.SharedState;

/// <summary>Sessions that stick to one destination, whichever gateway the client comes by.</summary>
public sealed class SharedSessionsTests
{
    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_goes_to_the_same_destination_by_every_gateway()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var shops = await Shops.StartAsync(3);
        await using var fleet = await Fleet.StartAsync(3, shops[0], redis, shops.Route);

        for (var session = 0; session < 6; session++)
        {
            var cookie = $"sid=session-{session}";
            var first = await AskAsync(fleet[session % 3], cookie);
            for (var i = 0; i < 6; i++) Assert.Equal(first, await AskAsync(fleet[i % 3], cookie));
        }
        var kept = await redis.DumpAsync();
        Assert.DoesNotContain("session-", kept, StringComparison.Ordinal);
        Assert.InRange((await redis.LifetimeAsync("gateway:session:"))!.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task The_cookie_that_an_answer_sets_is_known_to_all_gateways_before_the_client_has_it()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var shops = await Shops.StartAsync(3);
        await using var fleet = await Fleet.StartAsync(3, shops[0], redis, shops.Route);

        for (var i = 0; i < 9; i++)
        {
            var (shop, cookie) = await LogInAsync(fleet[i % 3]);
            Assert.Equal(shop, await AskAsync(fleet[(i + 1) % 3], cookie));
            Assert.Equal(shop, await AskAsync(fleet[(i + 2) % 3], cookie));
        }
    }

    [Fact]
    public async Task Gateways_that_know_a_session_keep_it_while_the_shared_state_is_away_and_after_it_has_forgotten()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var shops = await Shops.StartAsync(2);
        await using var fleet = await Fleet.StartAsync(2, shops[0], redis, shops.Route);
        var known = await AskBothAsync(fleet[0]);
        Assert.Equal(known, await AskBothAsync(fleet[1]));

        await fleet.LoseAsync(redis);
        for (var i = 0; i < 4; i++) Assert.Equal(known, await AskBothAsync(fleet[i % 2]));

        await fleet.FindAgainAsync(redis);
        for (var i = 0; i < 4; i++) Assert.Equal(known, await AskBothAsync(fleet[i % 2]));
        Assert.Contains("gateway:session:", await redis.DumpAsync(), StringComparison.Ordinal);
    }

    /// <summary>Where two sessions go.</summary>
    private static async Task<string> AskBothAsync(TestGateway gateway) => $"{await AskAsync(gateway, "sid=1")}, {await AskAsync(gateway, "sid=2")}";

    private static async Task<string> AskAsync(TestGateway gateway, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/a");
        request.Headers.Add("Cookie", cookie);
        using var answer = await gateway.SendAsync(request);
        return await answer.Content.ReadAsStringAsync(Stopping);
    }

    private static async Task<(string Shop, string Cookie)> LogInAsync(TestGateway gateway)
    {
        using var answer = await gateway.GetAsync("/a");
        return (await answer.Content.ReadAsStringAsync(Stopping), answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
    }

    /// <summary>Instances of one service, each of which answers with its name and gives a session to who has none.</summary>
    private sealed class Shops : IAsyncDisposable
    {
        private readonly List<StubService> _shops = [];

        public StubService this[int index] => _shops[index];

        /// <summary>Members of a route to all of them.</summary>
        public string Route =>
            $$""" "DownstreamHostAndPorts": [ {{string.Join(", ", _shops.Select(s => $$"""{ "Host": "127.0.0.1", "Port": {{s.Port}} }"""))}} ], "LoadBalancerOptions": { "Type": "CookieStickySessions", "Key": "sid", "Expiry": 300000 } """;

        public static async Task<Shops> StartAsync(int count)
        {
            var shops = new Shops();
            for (var i = 0; i < count; i++)
            {
                var name = $"shop {i}";
                shops._shops.Add(await StubService.StartAsync(http =>
                {
                    if (!http.Request.Headers.Cookie.ToString().Contains("sid=", StringComparison.Ordinal))
                        http.Response.Headers.SetCookie = $"sid={Guid.NewGuid():N}; Path=/";
                    return http.Response.WriteAsync(name);
                }));
            }
            return shops;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var shop in _shops) await shop.DisposeAsync();
        }
    }
}
