using System.Text.Json;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.SharedState;

/// <summary>Several gateways with one configuration and one shared state.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly List<TestGateway> _gateways = [];

    private Fleet()
    {
    }

    public TestGateway this[int index] => _gateways[index];

    /// <param name="more">Members of the one route, <c>/a</c>, as JSON.</param>
    /// <param name="settings">Host settings of all of them.</param>
    public static async Task<Fleet> StartAsync(
        int count, StubService service, RedisServer redis, string more, IReadOnlyList<(string Key, string Value)>? settings = null)
    {
        var fleet = new Fleet();
        for (var i = 0; i < count; i++) fleet._gateways.Add(await TestGateway.StartAsync(service, "/a", "/d", more, redis.Json, settings));
        return fleet;
    }

    /// <summary>Whether the gateways' health says that the shared state answers; they have to agree.</summary>
    public async Task<bool> IsUpAsync()
    {
        var isUp = new List<bool>();
        foreach (var gateway in _gateways) isUp.Add(await IsUpAsync(gateway));
        return isUp.TrueForAll(up => up);
    }

    /// <inheritdoc cref="IsUpAsync()"/>
    public static async Task<bool> IsUpAsync(TestGateway gateway)
    {
        using var health = JsonDocument.Parse(await gateway.Management.GetStringAsync("/health/ready", TestContext.Current.CancellationToken));
        var isUp = health.RootElement.GetProperty("sharedState").GetProperty("up").GetBoolean();
        Assert.Equal(isUp ? "ready" : "degraded", health.RootElement.GetProperty("status").GetString());
        return isUp;
    }

    /// <summary>Kills the server, and waits until every gateway knows.</summary>
    public async Task LoseAsync(RedisServer redis)
    {
        await redis.KillAsync();
        foreach (var gateway in _gateways) await Eventually.TrueAsync(async () => !await IsUpAsync(gateway), "health tells that it is away");
    }

    /// <summary>Starts the server again, and waits until every gateway knows.</summary>
    public async Task FindAgainAsync(RedisServer redis)
    {
        await redis.StartAgainAsync();
        await Eventually.TrueAsync(IsUpAsync, "health tells that it is back");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways) await gateway.DisposeAsync();
    }
}
