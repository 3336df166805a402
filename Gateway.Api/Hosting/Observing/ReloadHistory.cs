using Gateway.Configuration;
using Gateway.Runtime;

namespace Gateway.Hosting.Observing;

/// <summary>The last attempts to take a configuration, with what each changed. Thread-safe.</summary>
internal sealed class ReloadHistory
{
    private const int Kept = 20;
    private const int MostLines = 200;
    private const int MostProblems = 100;

    private readonly SnapshotHolder _holder;
    private readonly KeyCatalog _catalog;
    private readonly TimeProvider _time;
    private readonly LinkedList<SeenReload> _last = [];
    private readonly Lock _lock = new();
    private Snapshot? _before;

    public ReloadHistory(SnapshotReloader reloader, SnapshotHolder holder, SnapshotCompiler compiler, TimeProvider time)
    {
        (_holder, _catalog, _time) = (holder, compiler.Catalog, time);
        reloader.Attempted += Note;
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<SeenReload> Last()
    {
        lock (_lock) return [.. _last];
    }

    private void Note(ReloadState state)
    {
        var isAccepted = state.RejectedAt is null && state.Version > 0;
        var seen = new SeenReload(_time.GetUtcNow(), state.Version, isAccepted, [.. state.Problems.Take(MostProblems)], null);
        LinkedListNode<SeenReload> place;
        lock (_lock)
        {
            place = _last.AddFirst(seen);
            if (_last.Count > Kept) _last.RemoveLast();
        }
        if (!isAccepted || _holder.Current is not { } now) return;
        var before = Interlocked.Exchange(ref _before, now);
        // Nobody who waits for the reload has to wait for the comparison.
        if (before is not null) _ = Task.Run(() => Compare(before, now, place));
    }

    private void Compare(Snapshot before, Snapshot now, LinkedListNode<SeenReload> place)
    {
        var changes = new ConfigurationDiff(before.Document, now.Document, _catalog, before.Table, now.Table).Lines().Take(MostLines).ToArray();
        lock (_lock) place.Value = place.Value with { Changes = changes };
    }
}
