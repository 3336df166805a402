using System.Net.Sockets;
using System.Text;
using StackExchange.Redis;

namespace Gateway.Tests.Support;

/// <summary>A real Redis server, in memory: when it is killed it has forgotten everything.</summary>
internal sealed class RedisServer : ServerProcess
{
    private RedisServer() : base("redis-server", ports: 1)
    {
    }

    public int Port => Ports[0];

    public string ConnectionString => $"{Host}:{Port}";

    /// <summary>The member of the global section that leads here, as JSON.</summary>
    public string Json => $$""" "SharedState": { "Type": "Redis", "ConnectionString": "{{ConnectionString}}" } """;

    protected override IEnumerable<string> Arguments =>
        ["--port", $"{Port}", "--bind", Host, "--save", "", "--appendonly", "no", "--loglevel", "warning"];

    public static Task<RedisServer> StartAsync() => StartedAsync(new RedisServer());

    /// <summary>Everything that is kept there: names, and values as text, one behind the other.</summary>
    public async Task<string> DumpAsync()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(ConnectionString);
        var everything = new StringBuilder();
        foreach (var key in await KeysAsync(redis, ""))
            everything.Append(key).Append(' ').Append(Encoding.Latin1.GetString(((byte[]?)await redis.GetDatabase().StringGetAsync(key))!)).Append('\n');
        return everything.ToString();
    }

    /// <summary>How long what stands under a name that begins so will be kept; null where there is none.</summary>
    public async Task<TimeSpan?> LifetimeAsync(string beginning)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(ConnectionString);
        return await KeysAsync(redis, beginning) is [var key, ..] ? await redis.GetDatabase().KeyTimeToLiveAsync(key) : null;
    }

    /// <summary>Puts the values of the two names that begin so in each other's place, as somebody who may write here could.</summary>
    public async Task SwapValuesAsync(string beginning)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(ConnectionString);
        var keys = await KeysAsync(redis, beginning);
        Assert.Equal(2, keys.Count);
        var values = await redis.GetDatabase().StringGetAsync([.. keys]);
        await redis.GetDatabase().StringSetAsync([KeyValuePair.Create(keys[0], values[1]), KeyValuePair.Create(keys[1], values[0])]);
    }

    protected override async Task<bool> IsReadyAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Host, Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync("PING\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var buffer = new byte[16];
        var read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(buffer, 0, read).StartsWith("+PONG", StringComparison.Ordinal);
    }

    private static async Task<List<RedisKey>> KeysAsync(ConnectionMultiplexer redis, string beginning)
    {
        var keys = new List<RedisKey>();
        await foreach (var key in redis.GetServers().Single().KeysAsync(pattern: beginning + "*")) keys.Add(key);
        return keys;
    }
}
