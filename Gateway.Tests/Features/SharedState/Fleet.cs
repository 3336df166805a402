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
    public static async Task<Fleet> StartAsync(int count, StubService service, RedisServer redis, string more)
    {
        var fleet = new Fleet();
        for (var i = 0; i < count; i++) fleet._gateways.Add(await TestGateway.StartAsync(service, "/a", "/d", more, redis.Json));
        return fleet;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways) await gateway.DisposeAsync();
    }
}
