using Gateway.Pipeline;
using Gateway.Routing;

namespace Gateway.Runtime;

/// <summary>
/// Everything compiled from one configuration. Never changes while it lives; lives until it is retired and the last request that leased it
/// has ended.
/// </summary>
internal sealed class Snapshot(RouteTable<CompiledRoute> table, SnapshotSettings settings, SnapshotBuilder parts)
{
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The holder's own lease is one of them, so the count reaches zero only after retirement.
    private int _leases = 1;

    public RouteTable<CompiledRoute> Table { get; } = table;

    public SnapshotSettings Settings { get; } = settings;

    public IReadOnlyList<IDestinationSource> Sources => parts.Sources;

    public ISharedState? SharedState => parts.SharedState;

    /// <summary>Completes when everything the snapshot held has been given back.</summary>
    public Task Disposed => _disposed.Task;

    /// <returns>False when the snapshot has just ended; the holder has another one by then.</returns>
    public bool TryLease()
    {
        for (var leases = Volatile.Read(ref _leases); leases > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _leases, leases + 1, leases);
            if (seen == leases) return true;
            leases = seen;
        }
        return false;
    }

    public void Return()
    {
        if (Interlocked.Decrement(ref _leases) != 0) return;
        parts.Release();
        _disposed.TrySetResult();
    }
}
