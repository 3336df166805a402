namespace Gateway.Pipeline;

/// <summary>
/// What must outlive a reload: connection pools, counters, circuits, discovered lists. Rented by a key made of the route and the text of
/// its options, so that an unchanged section gets the same object again; the last renter's return disposes it. Thread-safe.
/// </summary>
internal sealed class SharedResources
{
    private readonly Dictionary<(Type, string), Entry> _entries = [];
    private readonly Lock _lock = new();

    /// <summary>How many objects are rented; for tests and health.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _entries.Count;
        }
    }

    /// <summary>The object under <paramref name="key"/>, made if nobody rents it. Every rent needs its <see cref="Rented{T}.Dispose"/>.</summary>
    public Rented<T> Rent<T>(string key, Func<T> make) where T : class
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue((typeof(T), key), out var entry))
                _entries[(typeof(T), key)] = entry = new Entry(make());
            entry.Renters++;
            return new Rented<T>((T)entry.Value, this, key);
        }
    }

    /// <summary>Ends a rent; the last one disposes the object.</summary>
    internal void Return((Type, string) key)
    {
        object? last = null;
        lock (_lock)
        {
            var entry = _entries[key];
            if (--entry.Renters == 0)
            {
                _entries.Remove(key);
                last = entry.Value;
            }
        }
        // Asynchronous disposal is started, not awaited: the last lease of a snapshot may return in the middle of a request.
        if (last is IAsyncDisposable later) _ = later.DisposeAsync().AsTask();
        else (last as IDisposable)?.Dispose();
    }

    private sealed class Entry(object value)
    {
        public object Value { get; } = value;

        public int Renters { get; set; }
    }
}

/// <summary>A rented object; disposing the rent returns it. Returning twice does nothing.</summary>
internal sealed class Rented<T>(T value, SharedResources owner, string key) : IDisposable where T : class
{
    private SharedResources? _owner = owner;

    public T Value { get; } = value;

    public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Return((typeof(T), key));
}
