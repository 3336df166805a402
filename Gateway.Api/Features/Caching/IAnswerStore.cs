namespace Gateway.Features.Caching;

/// <summary>Where answers are kept. It may forget any of them at any time, and never fails: what it can't find or keep isn't there.</summary>
internal interface IAnswerStore
{
    ValueTask<Lookup> FindAsync(string region, string key, CancellationToken cancellationToken);

    /// <summary>Keeps an answer, unless the region was cleared since it was looked for.</summary>
    ValueTask KeepAsync(string region, string key, CachedAnswer answer, TimeSpan ttl, RegionVersion version);

    ValueTask ClearAsync(string region, CancellationToken cancellationToken);
}

/// <summary>What a store found.</summary>
/// <param name="Answer">Null for what isn't there, or was kept too long ago.</param>
/// <param name="Version">The region as it was then.</param>
internal readonly record struct Lookup(CachedAnswer? Answer, RegionVersion Version);

/// <summary>How often a region has been cleared, by whoever counts it.</summary>
/// <param name="IsShared">Whether several gateways count together.</param>
internal readonly record struct RegionVersion(bool IsShared, long Number);
