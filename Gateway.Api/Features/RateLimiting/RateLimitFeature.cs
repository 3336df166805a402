using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.RateLimiting;

/// <summary>
/// <c>RateLimitOptions</c>. Stands twice in the list of features: Ocelot limits before it authenticates, but a limit for each claim can only
/// follow authentication.
/// </summary>
/// <param name="isBehindAuthentication">Whether this is the place of the limits that need to know the caller.</param>
internal sealed class RateLimitFeature(TimeProvider time, ILogger<RateLimitFeature> logger, bool isBehindAuthentication) : IRouteFeature
{
    public IReadOnlyList<SectionKey> Keys => [RateLimitCompiler.Key];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        if (RateLimitCompiler.Compile(section) is not { } policy || policy.Rule.Key.NeedsAuthentication != isBehindAuthentication) return;

        var counter = route.Share(policy.Rule, () => LocalCounter.For(policy.Rule, time));
        if (policy.SendsHeaders) route.OwnedResponseHeaders.UnionWith(RateLimitHeaders.Names);
        route.Use(new RateLimitStep(policy, counter, time, logger));
    }
}
