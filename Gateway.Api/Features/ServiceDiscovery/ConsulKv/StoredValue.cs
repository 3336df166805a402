using Gateway.Features.ServiceDiscovery.Consul;

namespace Gateway.Features.ServiceDiscovery.ConsulKv;

/// <summary>Follows the value of a key. While Consul can't be asked the last value stays. Thread-safe; disposing ends the watch.</summary>
internal sealed partial class StoredValue : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly StoredKey _key;
    private readonly Action _changed;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Watching<byte[]?> _watching;
    private volatile byte[]? _content;
    private volatile string? _error;

    /// <param name="changed">Called when the value is another than before; not for the first.</param>
    public StoredValue(StoredKey key, ConsulClient client, Action changed, TimeProvider time, ILogger logger)
    {
        (_key, _changed, _time, _logger) = (key, changed, time, logger);
        var values = new BlockingQuery<byte[]>(
            (index, cancellation) => client.KeyAsync(key.Endpoint, key.Key, index, cancellation), Pause, time);
        _watching = new Watching<byte[]?>(values.ValuesAsync, Take, Fail, time);
        _watching.Start();
    }

    public StoredKey Key => _key;

    /// <summary>The value as Consul said it last; null where there is none.</summary>
    public byte[]? Content => _content;

    /// <summary>Why Consul can't be asked; null while it can.</summary>
    public string? Error => _error;

    /// <returns>Whether Consul has said within <paramref name="patience"/> what the value is.</returns>
    public async Task<bool> IsKnownAsync(TimeSpan patience, CancellationToken cancellation)
    {
        try
        {
            await _first.Task.WaitAsync(patience, _time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Tells it of a value that has just been stored from here; Consul's own word about it is no news then.</summary>
    public void Know(byte[] content) => _content = content;

    public ValueTask DisposeAsync() => _watching.DisposeAsync();

    private void Take(byte[]? content)
    {
        if (_error is not null) Log.Recovered(_logger, _key);
        _error = null;

        var isNews = _first.Task.IsCompleted && !content.AsSpan().SequenceEqual(_content);
        _content = content;
        _first.TrySetResult();
        if (isNews) _changed();
    }

    private void Fail(string error, Exception? exception)
    {
        if (_error is null) Log.Failed(_logger, exception, _key, error);
        _error = error;
    }

    private static partial class Log
    {
        [LoggerMessage(1720, LogLevel.Warning, "Consul can't be asked for the configuration {Key}; what is in use stays: {Error}")]
        public static partial void Failed(ILogger logger, Exception? exception, StoredKey key, string error);

        [LoggerMessage(1721, LogLevel.Information, "Consul answers for the configuration {Key} again")]
        public static partial void Recovered(ILogger logger, StoredKey key);
    }
}
