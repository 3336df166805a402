namespace Gateway.Runtime;

/// <summary>Counts who uses something, and does what is left to do when the last one has gone. Thread-safe.</summary>
internal sealed class Leases(Action atEnd)
{
    // The owner's own lease is one of them, so the count reaches zero only after it gave that back.
    private int _count = 1;

    /// <summary>Whether nobody but the owner uses it at this moment.</summary>
    public bool IsIdle => Volatile.Read(ref _count) == 1;

    /// <returns>False when it has just ended.</returns>
    public bool TryTake()
    {
        for (var count = Volatile.Read(ref _count); count > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _count, count + 1, count);
            if (seen == count) return true;
            count = seen;
        }
        return false;
    }

    public void Return()
    {
        if (Interlocked.Decrement(ref _count) == 0) atEnd();
    }
}
