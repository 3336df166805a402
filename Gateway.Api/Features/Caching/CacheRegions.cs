using Gateway.Pipeline;

namespace Gateway.Features.Caching;

/// <summary>Knows every store in use, so that a region can be cleared in all of them. Thread-safe.</summary>
internal sealed class CacheRegions : ICacheRegions
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IAnswerStore, int> _users = [];

    /// <summary>Counts <paramref name="store"/> in until the result is disposed; a store may be counted in for several routes and snapshots.</summary>
    public IDisposable Add(IAnswerStore store)
    {
        lock (_lock) _users[store] = _users.GetValueOrDefault(store) + 1;
        return new Membership(() => Remove(store));
    }

    public async ValueTask ClearAsync(string region, CancellationToken cancellationToken)
    {
        IAnswerStore[] stores;
        lock (_lock) stores = [.. _users.Keys];
        foreach (var store in stores) await store.ClearAsync(region, cancellationToken);
    }

    private void Remove(IAnswerStore store)
    {
        lock (_lock)
            if (--_users[store] == 0) _users.Remove(store);
    }

    private sealed class Membership(Action end) : IDisposable
    {
        private Action? _end = end;

        public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
    }
}
