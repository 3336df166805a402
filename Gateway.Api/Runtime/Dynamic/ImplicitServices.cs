namespace Gateway.Runtime.Dynamic;

/// <summary>
/// The services that requests named and the document doesn't list, each compiled when first asked for. Their number is bounded, since
/// anybody can make up names: the one that was idle longest goes for a new one. Thread-safe.
/// </summary>
/// <param name="compile">Makes a service; null where the configuration doesn't allow it.</param>
internal sealed class ImplicitServices(Func<ServiceName, ImplicitService?> compile) : IDisposable
{
    private const int MaxServices = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<ServiceName, ImplicitService> _services = [];
    private long _clock;
    private bool _isEnded;

    /// <summary>The names in use.</summary>
    public IReadOnlyList<ServiceName> Names
    {
        get
        {
            lock (_lock) return [.. _services.Keys];
        }
    }

    /// <returns>A service whose lease <see cref="ImplicitService.UseAsync"/> gives back; null where it can't be had.</returns>
    public ImplicitService? Lease(ServiceName name)
    {
        lock (_lock)
        {
            if (_isEnded || FindOrMake(name) is not { } service) return null;
            service.LastUsed = ++_clock;
            return service.TryTake() ? service : null;
        }
    }

    /// <summary>Makes the services of a configuration that is about to be replaced, so that what outlives a reload finds a new renter in time.</summary>
    public void Adopt(IReadOnlyList<ServiceName> names)
    {
        lock (_lock)
            foreach (var name in names) FindOrMake(name);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isEnded = true;
            foreach (var service in _services.Values) service.Return();
            _services.Clear();
        }
    }

    private ImplicitService? FindOrMake(ServiceName name)
    {
        if (_services.TryGetValue(name, out var service)) return service;
        if (_services.Count >= MaxServices && !TryDrop()) return null;
        if (compile(name) is not { } made) return null;
        return _services[name] = made;
    }

    private bool TryDrop()
    {
        var oldest = _services.Where(s => s.Value.IsIdle).OrderBy(s => s.Value.LastUsed).FirstOrDefault();
        if (oldest.Value is null) return false;
        _services.Remove(oldest.Key);
        oldest.Value.Return();
        return true;
    }
}
