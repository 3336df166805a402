namespace Gateway.Features.ServiceDiscovery;

/// <summary>
/// Runs an enumeration that never ends, in the background; begins it anew, after a pause that grows, when it fails or ends all the same.
/// Thread-safe; disposing ends it.
/// </summary>
/// <param name="take">Called with each value.</param>
/// <param name="fail">Called with what went wrong, before the pause.</param>
internal sealed class Watching<T>(
    Func<CancellationToken, IAsyncEnumerable<T>> values, Action<T> take, Action<string, Exception?> fail, TimeProvider time)
    : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _starting = new();
    private Task? _running;

    /// <summary>Begins; further calls do nothing.</summary>
    public void Start()
    {
        lock (_starting)
        {
            if (!_end.IsCancellationRequested) _running ??= Task.Run(RunAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_starting)
        {
            if (_end.IsCancellationRequested) return;
            _end.Cancel();
        }
        if (_running is not null) await _running;
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        var failures = 0;
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await foreach (var value in values(_end.Token))
                {
                    take(value);
                    failures = 0;
                }
                fail("the watch ended", null);
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever a provider throws, the value it gave before is worth more than none.
                fail(e.Message, e);
            }
            var pause = Task.Delay(BackOff.After(++failures, Random.Shared), time, _end.Token);
            await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
