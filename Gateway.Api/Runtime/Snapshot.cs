using Gateway.Configuration;
using Gateway.Pipeline;
using Gateway.Routing;
using Gateway.Runtime.Dynamic;

namespace Gateway.Runtime;

/// <summary>
/// Everything compiled from one configuration. Never changes while it lives; lives until it is retired and the last request that leased it
/// has ended.
/// </summary>
internal sealed class Snapshot
{
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SnapshotBuilder _parts;
    private readonly Leases _leases;

    public Snapshot(RouteTable<CompiledRoute> table, DynamicTable? dynamic, SnapshotSettings settings, SnapshotBuilder parts)
    {
        (Table, Dynamic, Settings, _parts) = (table, dynamic, settings, parts);
        _leases = new Leases(End);
    }

    public RouteTable<CompiledRoute> Table { get; }

    /// <summary>Services that are asked by their name where no route fits; null where there are none.</summary>
    public DynamicTable? Dynamic { get; }

    public SnapshotSettings Settings { get; }

    /// <summary>What it was compiled from.</summary>
    public required OcelotDocument Document { get; init; }

    public IReadOnlyList<IDestinationSource> Sources => _parts.Sources;

    public ISharedState? SharedState => _parts.SharedState;

    /// <summary>Completes when everything the snapshot held has been given back.</summary>
    public Task Disposed => _disposed.Task;

    /// <returns>False when the snapshot has just ended; the holder has another one by then.</returns>
    public bool TryLease() => _leases.TryTake();

    public void Return() => _leases.Return();

    private void End()
    {
        Dynamic?.Dispose();
        _parts.Release();
        _disposed.TrySetResult();
    }
}
