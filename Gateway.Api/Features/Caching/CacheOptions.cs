using Gateway.Configuration;

namespace Gateway.Features.Caching;

/// <summary>Keeps a service's answers for a while (contract 06 §4). Route and global values combine property by property.</summary>
internal sealed record CacheOptions
{
    /// <summary>Seconds that an answer is kept; positive switches the cache on. Default 0: off, also where the global section has a value.</summary>
    public int? TtlSeconds { get; init; }

    /// <summary>The name under which answers can be dropped together; default the route's name.</summary>
    public string? Region { get; init; }

    /// <summary>A request header whose value tells answers apart; default <c>OC-Cache-Control</c>.</summary>
    public string? Header { get; init; }

    /// <summary>Whether the request's body tells answers apart; default false: a request with a body is not answered from the cache.</summary>
    public bool? EnableContentHashing { get; init; }

    /// <summary>Bytes of an answer's body, or of a request's body to be hashed, beyond which nothing is kept; positive, default 1,048,576.</summary>
    public int? MaxEntryBytes { get; init; }

    /// <summary>Bytes that all answers together may take; then those unused for longest go. Positive, default 104,857,600.</summary>
    [GlobalOnly]
    public long? MaxTotalBytes { get; init; }

    /// <summary>The routes, by their <c>Key</c>, that the global section is for; default all.</summary>
    [GlobalOnly]
    public IReadOnlyList<string>? RouteKeys { get; init; }
}
