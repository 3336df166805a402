using Gateway.Configuration;

namespace Gateway.Pipeline;

/// <summary>What all routes of one configuration share while it is compiled.</summary>
internal sealed class SnapshotBuilder(IServiceProvider services, SharedResources resources, RefusalStyle refusals)
{
    private readonly List<IDisposable> _owned = [];
    private readonly List<IDestinationSource> _sources = [];

    public IServiceProvider Services { get; } = services;

    public RefusalStyle Refusals { get; } = refusals;

    /// <summary>What the snapshot disposes at its end.</summary>
    public IReadOnlyList<IDisposable> Owned => _owned;

    /// <summary>Every list of destinations in use, for start, reload and health.</summary>
    public IReadOnlyList<IDestinationSource> Sources => _sources;

    /// <summary>What several gateways know together; null where each is by itself.</summary>
    public ISharedState? SharedState { get; set; }

    /// <summary>The registered keys, for features that report on keys by themselves.</summary>
    public KeyCatalog? Catalog { get; init; }

    /// <summary>The document's routes by their <c>Key</c>, for entries that are made of them.</summary>
    public IReadOnlyDictionary<string, MemberRoute> Members { get; set; } = new Dictionary<string, MemberRoute>();

    /// <summary>Rents what outlives a reload; the snapshot returns it at its end. See <see cref="SharedResources"/> for the key.</summary>
    public T Share<T>(string key, Func<T> make) where T : class
    {
        var rented = resources.Rent(key, make);
        _owned.Add(rented);
        return rented.Value;
    }

    /// <summary>Leaves something to be disposed with the snapshot.</summary>
    public void Own(IDisposable owned) => _owned.Add(owned);

    /// <summary>Takes part in start, reload and health; the same source may come from several routes.</summary>
    public void Use(IDestinationSource source)
    {
        if (!_sources.Contains(source)) _sources.Add(source);
    }

    /// <summary>Gives back all that was rented or left here: the configuration was refused, or its last request has ended.</summary>
    public void Release()
    {
        foreach (var owned in _owned) owned.Dispose();
        _owned.Clear();
    }
}
