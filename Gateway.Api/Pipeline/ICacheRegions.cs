namespace Gateway.Pipeline;

/// <summary>Forgets cached answers by their region (<c>CacheOptions.Region</c>, else the route's name): what the administration asks for.</summary>
internal interface ICacheRegions
{
    /// <summary>Drops every answer of the region, wherever it is kept. An unknown region is no error.</summary>
    ValueTask ClearAsync(string region, CancellationToken cancellationToken);
}
