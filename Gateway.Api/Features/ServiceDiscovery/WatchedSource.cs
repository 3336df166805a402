using Gateway.Pipeline;

namespace Gateway.Features.ServiceDiscovery;

/// <summary>
/// Keeps the list of one service up to date in the background. While the registry can't be asked the last good list stays, and
/// <see cref="State"/> tells for how long it hasn't been confirmed. Thread-safe; disposing ends the watch.
/// </summary>
internal sealed partial class WatchedSource(DiscoveredService service, string provider, ServiceWatch watch, TimeProvider time, ILogger logger)
    : IDestinationSource, IAsyncDisposable
{
    private readonly TaskCompletionSource _firstList = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _starting = new();
    private volatile Listing _listing = new([], time.GetTimestamp(), Error: null);
    private Task? _watching;

    public IReadOnlyList<Destination> Current => _listing.Destinations;

    public Task FirstList => _firstList.Task;

    public SourceState State
    {
        get
        {
            var listing = _listing;
            var staleFor = listing.Error is null ? TimeSpan.Zero : time.GetElapsedTime(listing.ConfirmedAt);
            return new SourceState(service.ToString(), provider, listing.Destinations.Count, staleFor, listing.Error);
        }
    }

    public void Start()
    {
        lock (_starting)
        {
            if (!_end.IsCancellationRequested) _watching ??= Task.Run(WatchAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_starting)
        {
            if (_end.IsCancellationRequested) return;
            _end.Cancel();
        }
        if (_watching is not null) await _watching;
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        var failures = 0;
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await foreach (var list in watch.Lists(_end.Token))
                {
                    Confirm(list);
                    failures = 0;
                }
                Fail("the watch ended", null);
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever a provider throws, the list it gave before is worth more than none.
                Fail(e.Message, e);
            }
            if (!await PauseAsync(BackOff.After(++failures, Random.Shared))) return;
        }
    }

    private void Confirm(IReadOnlyList<Destination> found)
    {
        var last = _listing;
        var next = DestinationList.Next(last.Destinations, found);
        _listing = new Listing(next, time.GetTimestamp(), Error: null);

        if (last.Error is not null) Log.WatchRecovered(logger, provider, service, time.GetElapsedTime(last.ConfirmedAt).TotalSeconds);
        if (next != last.Destinations || !FirstList.IsCompleted) Log.InstancesChanged(logger, service, next.Count, last.Destinations.Count);
        _firstList.TrySetResult();
    }

    private void Fail(string error, Exception? exception)
    {
        var last = _listing;
        _listing = last with { Error = error };
        if (last.Error is null) Log.WatchFailed(logger, exception, provider, service, last.Destinations.Count, error);
        else Log.WatchFailedAgain(logger, provider, service, error);
    }

    private async Task<bool> PauseAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, time, _end.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <param name="ConfirmedAt">When the registry said it last, or, before the first list, when the watch was made.</param>
    private sealed record Listing(IReadOnlyList<Destination> Destinations, long ConfirmedAt, string? Error);

    private static partial class Log
    {
        [LoggerMessage(1700, LogLevel.Information, "{Service} has {Instances} instances, had {Before}")]
        public static partial void InstancesChanged(ILogger logger, DiscoveredService service, int instances, int before);

        [LoggerMessage(1701, LogLevel.Warning, "{Provider} can't be asked for {Service}; its {Instances} instances stay in use: {Error}")]
        public static partial void WatchFailed(
            ILogger logger, Exception? exception, string provider, DiscoveredService service, int instances, string error);

        [LoggerMessage(1702, LogLevel.Debug, "{Provider} still can't be asked for {Service}: {Error}")]
        public static partial void WatchFailedAgain(ILogger logger, string provider, DiscoveredService service, string error);

        [LoggerMessage(1703, LogLevel.Information, "{Provider} answers for {Service} again, after {StaleSeconds} s")]
        public static partial void WatchRecovered(ILogger logger, string provider, DiscoveredService service, double staleSeconds);
    }
}
