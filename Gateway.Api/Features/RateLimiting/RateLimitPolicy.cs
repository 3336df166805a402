using System.Collections.Frozen;
using Gateway.Pipeline;

namespace Gateway.Features.RateLimiting;

/// <summary>A route's limit, ready for use: what is counted, who isn't, and what is said.</summary>
/// <param name="Whitelist">Clients that aren't counted.</param>
/// <param name="Refusal">Over the limit.</param>
/// <param name="QuotaMessage">The body of the refusal in place of the usual one; null: the usual one.</param>
/// <param name="DemandsName">A request that doesn't name its client is refused, as by Ocelot, in place of being counted by its address.</param>
internal sealed record RateLimitPolicy(
    RateLimitRule Rule, FrozenSet<string> Whitelist, bool SendsHeaders, Refusal Refusal, byte[]? QuotaMessage, bool DemandsName);
