namespace Gateway.Runtime;

/// <summary>The snapshot in use. Swapping is one reference; requests under way finish on the one they leased.</summary>
internal sealed class SnapshotHolder
{
    private Snapshot? _current;

    /// <summary>The snapshot in use, unleased: for health and pages. Null before the first.</summary>
    public Snapshot? Current => Volatile.Read(ref _current);

    /// <returns>A snapshot that the caller must <see cref="Snapshot.Return"/>; null before the first.</returns>
    public Snapshot? Lease()
    {
        while (Volatile.Read(ref _current) is { } snapshot)
            if (snapshot.TryLease()) return snapshot;
        return null;
    }

    /// <summary>Puts the next snapshot in use and retires the one before.</summary>
    public void Swap(Snapshot? next) => Interlocked.Exchange(ref _current, next)?.Return();
}
