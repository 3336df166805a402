using Gateway.Pipeline;

namespace Gateway.Features.HealthChecks;

/// <summary>
/// The written hosts, without those whose checks failed. Where all fail, all are used: a check that asks for the wrong thing must not take
/// a whole service away. Thread-safe; disposing ends the checks.
/// </summary>
internal sealed partial class CheckedSource(IDestinationSource hosts, Probe probe, HealthRules rules, TimeProvider time, ILogger logger)
    : IDestinationSource, IAsyncDisposable
{
    private readonly (Destination Destination, HostHealth Health)[] _all = [.. hosts.Current.Distinct().Select(d => (d, new HostHealth()))];
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _starting = new();
    private volatile Verdict _verdict = new(hosts.Current, Error: null);
    private Task? _checking;

    public IReadOnlyList<Destination> Current => _verdict.Destinations;

    public Task FirstList => hosts.FirstList;

    public SourceState State => hosts.State with { Instances = _verdict.Healthy, Error = _verdict.Error };

    public void Start()
    {
        lock (_starting)
        {
            if (!_end.IsCancellationRequested) _checking ??= Task.Run(CheckAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_starting)
        {
            if (_end.IsCancellationRequested) return;
            _end.Cancel();
        }
        if (_checking is not null) await _checking;
        probe.Dispose();
        _end.Dispose();
    }

    private async Task CheckAsync()
    {
        using var timer = new PeriodicTimer(rules.Interval, time);
        try
        {
            do
            {
                var changed = await Task.WhenAll(_all.Select(CheckAsync));
                if (changed.Contains(true)) _verdict = Judge();
            }
            while (await timer.WaitForNextTickAsync(_end.Token));
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The last snapshot that used these hosts has gone.
        }
    }

    private async Task<bool> CheckAsync((Destination Destination, HostHealth Health) host)
    {
        var fault = await probe.AskAsync(host.Destination, time, _end.Token);
        if (!host.Health.Note(fault, rules)) return false;

        if (host.Health.IsHealthy) Log.HostHealthy(logger, host.Destination);
        else Log.HostUnhealthy(logger, host.Destination, fault);
        return true;
    }

    private Verdict Judge()
    {
        var bad = _all.Where(h => !h.Health.IsHealthy).ToDictionary(h => h.Destination, h => h.Health.Fault);
        if (bad.Count == 0) return new Verdict(hosts.Current, Error: null);

        var error = $"{bad.Count} of {_all.Length} hosts fail their check: {string.Join(", ", bad.Select(b => $"{b.Key} ({b.Value})"))}";
        if (bad.Count == _all.Length) return new Verdict(hosts.Current, error) { Healthy = 0 };
        return new Verdict([.. hosts.Current.Where(d => !bad.ContainsKey(d))], error);
    }

    private sealed record Verdict(IReadOnlyList<Destination> Destinations, string? Error)
    {
        public int Healthy { get; init; } = Destinations.Distinct().Count();
    }

    private static partial class Log
    {
        [LoggerMessage(1900, LogLevel.Warning, "{Destination} fails its check and is passed over: {Fault}")]
        public static partial void HostUnhealthy(ILogger logger, Destination destination, string? fault);

        [LoggerMessage(1901, LogLevel.Information, "{Destination} passes its check again")]
        public static partial void HostHealthy(ILogger logger, Destination destination);
    }
}
