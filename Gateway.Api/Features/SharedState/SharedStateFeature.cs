using System.Security.Cryptography;
using System.Text;
using Gateway.Configuration;
using Gateway.Pipeline;
using StackExchange.Redis;

namespace Gateway.Features.SharedState;

/// <summary><c>GlobalConfiguration.SharedState</c>: compiled before the routes, whose features ask the snapshot for it.</summary>
internal sealed class SharedStateFeature(TimeProvider time, SharedStateMeter meter, ILogger<RedisState> logger) : IDocumentFeature
{
    private static readonly SectionKey<SharedStateOptions?> Key = new("SharedState", Levels.Global);

    // Long enough for a busy machine, short enough that a client hardly notices the first requests of an outage.
    private const int MillisecondsToAnswer = 1000;

    public IReadOnlyList<SectionKey> Keys => [Key];

    public void Compile(OcelotDocument document, SnapshotBuilder snapshot)
    {
        if (document.Global.ReadOwn(Key) is not { } options) return;
        if (options.Type is null) document.Global.Error("SharedState.Type", "is missing", "Write \"Redis\"", ProblemCodes.Missing);
        if (Parse(document.Global, options.ConnectionString) is not { } redis || options.Type is null) return;

        var prefix = options.KeyPrefix ?? "gateway";
        var name = $"Redis {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(options.ConnectionString!)))} {prefix}";
        snapshot.SharedState = snapshot.Share<ISharedState>($"shared state\n{name}", () => new RedisState(name, redis, prefix, time, meter, logger));
    }

    private static ConfigurationOptions? Parse(GlobalSection section, string? connectionString)
    {
        if (connectionString is null)
        {
            section.Error("SharedState.ConnectionString", "is missing", "Write host:port of the Redis server", ProblemCodes.Missing);
            return null;
        }
        try
        {
            var redis = ConfigurationOptions.Parse(connectionString);
            if (redis.EndPoints.Count > 0) return Prepare(redis);
            section.Error("SharedState.ConnectionString", "names no server", "Write host:port of the Redis server");
        }
        catch (ArgumentException)
        {
            // The exception quotes the text, which may hold a password.
            section.Error("SharedState.ConnectionString", "is no connection string of Redis", "Write host:port, and options such as password=… behind commas");
        }
        return null;
    }

    private static ConfigurationOptions Prepare(ConfigurationOptions redis)
    {
        redis.AbortOnConnectFail = false; // it comes when it comes
        redis.BacklogPolicy = BacklogPolicy.FailFast; // a request doesn't wait for a server that is away
        redis.ConnectTimeout = MillisecondsToAnswer;
        redis.AsyncTimeout = MillisecondsToAnswer;
        redis.ReconnectRetryPolicy = new LinearRetry(MillisecondsToAnswer);
        redis.ClientName ??= "gateway";
        return redis;
    }
}
