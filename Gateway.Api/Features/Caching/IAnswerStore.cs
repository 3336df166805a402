namespace Gateway.Features.Caching;

/// <summary>Where answers are kept. It may forget any of them at any time, and never fails: what it can't find or keep isn't there.</summary>
internal interface IAnswerStore
{
    /// <returns>Null for what isn't there, or was kept too long ago.</returns>
    ValueTask<CachedAnswer?> FindAsync(string region, string key, CancellationToken cancellationToken);

    ValueTask KeepAsync(string region, string key, CachedAnswer answer, TimeSpan ttl);

    ValueTask ClearAsync(string region, CancellationToken cancellationToken);
}
