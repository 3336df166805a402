namespace Gateway.Features.Caching;

/// <summary>Keeps answers in this process, within a bound: what wasn't used for longest goes first. Thread-safe.</summary>
internal sealed class MemoryAnswerStore(long maxTotalBytes, TimeProvider time) : IAnswerStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Region, string Key), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];
    private readonly long _start = time.GetTimestamp();
    private long _bytes;

    /// <summary>What all entries take, about.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock) return _bytes;
        }
    }

    private TimeSpan Now => time.GetElapsedTime(_start);

    public ValueTask<CachedAnswer?> FindAsync(string region, string key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue((region, key), out var node)) return new((CachedAnswer?)null);
            if (node.Value.KeptUntil <= Now)
            {
                Drop(node);
                return new((CachedAnswer?)null);
            }
            if (node.Next is not null)
            {
                _byUse.Remove(node);
                _byUse.AddLast(node);
            }
            return new(node.Value.Answer);
        }
    }

    public ValueTask KeepAsync(string region, string key, CachedAnswer answer, TimeSpan ttl)
    {
        var entry = new Entry((region, key), answer, Now + ttl, answer.Size);
        lock (_lock)
        {
            if (_entries.TryGetValue(entry.Key, out var former)) Drop(former);
            if (entry.Size > maxTotalBytes) return default;

            _entries[entry.Key] = _byUse.AddLast(entry);
            _bytes += entry.Size;
            while (_bytes > maxTotalBytes) Drop(_byUse.First!);
        }
        return default;
    }

    public ValueTask ClearAsync(string region, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var (key, node) in _entries.ToArray())
                if (key.Region == region) Drop(node);
        }
        return default;
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        _entries.Remove(node.Value.Key);
        _byUse.Remove(node);
        _bytes -= node.Value.Size;
    }

    private sealed record Entry((string Region, string Key) Key, CachedAnswer Answer, TimeSpan KeptUntil, int Size);
}
