namespace Gateway.Features.Caching;

/// <summary>Keeps answers in this process, within a bound: what wasn't used for longest goes first. Thread-safe.</summary>
internal sealed class MemoryAnswerStore(long maxTotalBytes, TimeProvider time) : IAnswerStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Region, string Key), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];

    // Grows with the regions that somebody clears: those of the configuration, by their names.
    private readonly Dictionary<string, long> _clearings = [];
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

    public ValueTask<Lookup> FindAsync(string region, string key, CancellationToken cancellationToken)
    {
        lock (_lock) return new(new Lookup(Find((region, key)), VersionOf(region)));
    }

    public ValueTask KeepAsync(string region, string key, CachedAnswer answer, TimeSpan ttl, RegionVersion version)
    {
        var entry = new Entry((region, key), answer, Now + ttl, answer.Size);
        lock (_lock)
        {
            if (_entries.TryGetValue(entry.Key, out var former)) Drop(former);
            if (entry.Size > maxTotalBytes || version != VersionOf(region)) return default;

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
            _clearings[region] = VersionOf(region).Number + 1;
            foreach (var (key, node) in _entries.ToArray())
                if (key.Region == region) Drop(node);
        }
        return default;
    }

    private RegionVersion VersionOf(string region) => new(IsShared: false, _clearings.GetValueOrDefault(region));

    private CachedAnswer? Find((string Region, string Key) key)
    {
        if (!_entries.TryGetValue(key, out var node)) return null;
        if (node.Value.KeptUntil <= Now)
        {
            Drop(node);
            return null;
        }
        if (node.Next is not null)
        {
            _byUse.Remove(node);
            _byUse.AddLast(node);
        }
        return node.Value.Answer;
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        _entries.Remove(node.Value.Key);
        _byUse.Remove(node);
        _bytes -= node.Value.Size;
    }

    private sealed record Entry((string Region, string Key) Key, CachedAnswer Answer, TimeSpan KeptUntil, int Size);
}
