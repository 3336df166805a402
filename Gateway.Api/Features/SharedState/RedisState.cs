using Gateway.Pipeline;
using StackExchange.Redis;

namespace Gateway.Features.SharedState;

/// <summary>
/// State in Redis. One connection for all; it comes back by itself. After a failure nothing is asked for a moment, so that a server that hangs
/// costs a few requests some time, and not every request.
/// </summary>
internal sealed partial class RedisState(
    string name, ConfigurationOptions options, string prefix, TimeProvider time, SharedStateMeter meter, ILogger logger)
    : ISharedState, IAsyncDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<ConnectionMultiplexer?>? _connecting;
    private long _restsUntil;
    private bool _isDisposed;
    private (long At, string Error)? _away = (time.GetTimestamp(), "not connected yet");

    public string Name => name;

    public Task FirstAttempt => _connecting ?? Task.CompletedTask;

    public SharedStateReport Report
    {
        get
        {
            lock (_lock)
                return _away is { } away
                    ? new SharedStateReport("Redis", false, time.GetElapsedTime(away.At), away.Error)
                    : new SharedStateReport("Redis", true, TimeSpan.Zero, null);
        }
    }

    public void Start()
    {
        lock (_lock)
        {
            if (_connecting is not null || _isDisposed) return;
            _connecting = ConnectAsync();
        }
        meter.Add(this);
    }

    public async ValueTask<long[]?> RunAsync(string script, string key, params long[] arguments)
    {
        if (Database is not { } redis) return null;
        try
        {
            var result = await redis.ScriptEvaluateAsync(script, [Full(key)], Array.ConvertAll(arguments, a => (RedisValue)a));
            Succeeded();
            return (long[]?)result;
        }
        catch (Exception e) when (IsAway(e))
        {
            Failed(e.GetType().Name);
            return null;
        }
    }

    public async ValueTask<byte[]?[]?> ReadAsync(params string[] keys)
    {
        if (Database is not { } redis) return null;
        try
        {
            var values = await redis.StringGetAsync(Array.ConvertAll(keys, Full));
            Succeeded();
            return Array.ConvertAll(values, v => (byte[]?)v);
        }
        catch (Exception e) when (IsAway(e))
        {
            Failed(e.GetType().Name);
            return null;
        }
    }

    public async ValueTask<bool> KeepAsync(string key, byte[] value, TimeSpan lifetime)
    {
        if (Database is not { } redis) return false;
        try
        {
            await redis.StringSetAsync(Full(key), value, lifetime);
            Succeeded();
            return true;
        }
        catch (Exception e) when (IsAway(e))
        {
            Failed(e.GetType().Name);
            return false;
        }
    }

    public async ValueTask<long?> IncrementAsync(string key)
    {
        if (Database is not { } redis) return null;
        try
        {
            var count = await redis.StringIncrementAsync(Full(key));
            Succeeded();
            return count;
        }
        catch (Exception e) when (IsAway(e))
        {
            Failed(e.GetType().Name);
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock) _isDisposed = true;
        meter.Remove(this);
        if (_connecting is not null && await _connecting is { } connection) await connection.DisposeAsync();
    }

    private IDatabase? Database =>
        _connecting is { IsCompletedSuccessfully: true, Result: { IsConnected: true } connection } && time.GetTimestamp() >= Volatile.Read(ref _restsUntil)
            ? connection.GetDatabase()
            : null;

    private RedisKey Full(string key) => $"{prefix}:{key}";

    // What the server refuses because it is loading, full or a replica counts too: others may be able to go on.
    private static bool IsAway(Exception e) => e is RedisException or RedisTimeoutException or ObjectDisposedException or TimeoutException;

    private async Task<ConnectionMultiplexer?> ConnectAsync()
    {
        await Task.Yield(); // the caller holds the lock
        try
        {
            var connection = await ConnectionMultiplexer.ConnectAsync(options);
            connection.ConnectionFailed += (_, e) => Failed($"{e.FailureType}");
            connection.ConnectionRestored += (_, _) => Reconnected(connection);
            Reconnected(connection);
            return connection;
        }
        catch (RedisException e)
        {
            // Only what will never work ends here; a server that is away is tried again and again.
            Failed(e.GetType().Name);
            return null;
        }
    }

    private void Reconnected(ConnectionMultiplexer connection)
    {
        if (!connection.IsConnected) return;
        Volatile.Write(ref _restsUntil, 0);
        Succeeded();
    }

    private void Succeeded()
    {
        if (_away is null) return;
        lock (_lock)
        {
            if (_away is null || _isDisposed) return;
            _away = null;
        }
        Log.Back(logger);
    }

    private void Failed(string error)
    {
        Volatile.Write(ref _restsUntil, time.GetTimestamp() + (long)(Rest.TotalSeconds * time.TimestampFrequency));
        lock (_lock)
        {
            if (_away is not null || _isDisposed) return;
            _away = (time.GetTimestamp(), error);
        }
        Log.Away(logger, error);
    }

    private static partial class Log
    {
        [LoggerMessage(2800, LogLevel.Warning, "The shared state is away ({Error}); this gateway goes on by itself", EventName = nameof(Away))]
        public static partial void Away(ILogger logger, string error);

        [LoggerMessage(2801, LogLevel.Information, "The shared state is there", EventName = nameof(Back))]
        public static partial void Back(ILogger logger);
    }
}
