using Gateway.Pipeline;

namespace Gateway.Runtime.Dynamic;

/// <summary>A service that is served by the global options alone, for as long as it is asked for.</summary>
internal sealed class ImplicitService
{
    // As at start: long enough for a healthy registry to answer.
    private static readonly TimeSpan FirstListWithin = TimeSpan.FromSeconds(5);

    private readonly CompiledRoute _route;
    private readonly IDestinationSource _source;
    private readonly TimeProvider _time;
    private readonly Leases _leases;

    /// <param name="parts">What the route rents, given back at the end.</param>
    public ImplicitService(CompiledRoute route, IDestinationSource source, SnapshotBuilder parts, TimeProvider time)
    {
        (_route, _source, _time) = (route, source, time);
        _leases = new Leases(parts.Release);
        source.Start();
    }

    /// <summary>When it was asked for last, on its owner's count.</summary>
    public long LastUsed { get; set; }

    public bool IsIdle => _leases.IsIdle;

    public bool TryTake() => _leases.TryTake();

    public void Return() => _leases.Return();

    /// <summary>Serves one request, once the first list of destinations is there or has been waited for long enough; gives the lease back.</summary>
    public async Task UseAsync(Func<CompiledRoute, Task> serve, CancellationToken cancellationToken)
    {
        try
        {
            if (!_source.FirstList.IsCompleted) await WaitAsync(cancellationToken);
            await serve(_route);
        }
        finally
        {
            Return();
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _source.FirstList.WaitAsync(FirstListWithin, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It has no destination yet; the route says so.
        }
    }
}
