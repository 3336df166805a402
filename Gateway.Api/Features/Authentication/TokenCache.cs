using System.Collections.Concurrent;

namespace Gateway.Features.Authentication;

/// <summary>
/// What is known about the tokens seen last. Bounded: there are two generations, and when the young one is full, the old one is forgotten
/// and the young one becomes the old; whatever is asked for meanwhile moves to the young one. Thread-safe, and reading never waits.
/// </summary>
internal sealed class TokenCache<T>(int capacity = TokenCache<T>.DefaultCapacity) where T : class
{
    private const int DefaultCapacity = 10_000;

    private readonly int _generation = Math.Max(1, capacity / 2);
    private readonly Lock _turning = new();
    private ConcurrentDictionary<TokenHash, T> _young = new();
    private ConcurrentDictionary<TokenHash, T> _old = new();
    private int _count;

    public T? Find(in TokenHash hash)
    {
        if (Volatile.Read(ref _young).TryGetValue(hash, out var value)) return value;
        if (!Volatile.Read(ref _old).TryGetValue(hash, out value)) return null;
        Set(hash, value);
        return value;
    }

    public void Set(in TokenHash hash, T value)
    {
        var young = Volatile.Read(ref _young);
        if (!young.TryAdd(hash, value)) young[hash] = value;
        else if (Interlocked.Increment(ref _count) >= _generation) Turn(young);
    }

    public void Remove(in TokenHash hash)
    {
        Volatile.Read(ref _young).TryRemove(hash, out _);
        Volatile.Read(ref _old).TryRemove(hash, out _);
    }

    private void Turn(ConcurrentDictionary<TokenHash, T> full)
    {
        lock (_turning)
        {
            if (_young != full) return;
            Volatile.Write(ref _old, full);
            Volatile.Write(ref _young, new ConcurrentDictionary<TokenHash, T>());
            _count = 0;
        }
    }
}
