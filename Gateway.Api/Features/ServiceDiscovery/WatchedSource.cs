using Gateway.Pipeline;

namespace Gateway.Features.ServiceDiscovery;

/// <summary>
/// Keeps the list of one service up to date in the background. While the registry can't be asked the last good list stays, and
/// <see cref="State"/> tells for how long it hasn't been confirmed. Thread-safe; disposing ends the watch.
/// </summary>
internal sealed partial class WatchedSource : IDestinationSource, IAsyncDisposable
{
    private readonly DiscoveredService _service;
    private readonly string _provider;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _firstList = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Watching<IReadOnlyList<Destination>> _watching;
    private volatile Listing _listing;

    public WatchedSource(DiscoveredService service, string provider, ServiceWatch watch, TimeProvider time, ILogger logger)
    {
        (_service, _provider, _time, _logger) = (service, provider, time, logger);
        _listing = new Listing([], time.GetTimestamp(), Error: null);
        _watching = new Watching<IReadOnlyList<Destination>>(watch.Lists, Confirm, Fail, time);
    }

    public IReadOnlyList<Destination> Current => _listing.Destinations;

    public Task FirstList => _firstList.Task;

    public SourceState State
    {
        get
        {
            var listing = _listing;
            var staleFor = listing.Error is null ? TimeSpan.Zero : _time.GetElapsedTime(listing.ConfirmedAt);
            return new SourceState(_service.ToString(), _provider, listing.Destinations.Count, staleFor, listing.Error);
        }
    }

    public void Start() => _watching.Start();

    public ValueTask DisposeAsync() => _watching.DisposeAsync();

    private void Confirm(IReadOnlyList<Destination> found)
    {
        var last = _listing;
        var next = DestinationList.Next(last.Destinations, found);
        _listing = new Listing(next, _time.GetTimestamp(), Error: null);

        if (last.Error is not null) Log.WatchRecovered(_logger, _provider, _service, _time.GetElapsedTime(last.ConfirmedAt).TotalSeconds);
        if (next != last.Destinations || !FirstList.IsCompleted)
            Log.InstancesChanged(_logger, _service, next.Count, last.Destinations.Count);
        _firstList.TrySetResult();
    }

    private void Fail(string error, Exception? exception)
    {
        var last = _listing;
        _listing = last with { Error = error };
        if (last.Error is null) Log.WatchFailed(_logger, exception, _provider, _service, last.Destinations.Count, error);
        else Log.WatchFailedAgain(_logger, _provider, _service, error);
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
