namespace Gateway.Features.Caching;

/// <summary>A route's cache, ready for use.</summary>
/// <param name="Route">The route's identity: routes share no answers.</param>
/// <param name="Ttl">How long an answer is kept.</param>
/// <param name="Header">The request header whose value tells answers apart.</param>
/// <param name="HashesBody">Whether the request's body does too.</param>
/// <param name="MaxEntryBytes">The largest body that is kept or hashed.</param>
/// <param name="IsProtected">Whether callers are known, so that each has answers of its own.</param>
internal sealed record CacheSettings(
    string Route, TimeSpan Ttl, string Region, string Header, bool HashesBody, int MaxEntryBytes, bool IsProtected);
