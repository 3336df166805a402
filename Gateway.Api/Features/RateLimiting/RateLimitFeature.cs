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

        var counter = Counter(policy.Rule, route);
        if (policy.SendsHeaders) route.OwnedResponseHeaders.UnionWith(RateLimitHeaders.Names);
        route.Use(new RateLimitStep(policy, counter, time, logger));
    }

    private IRateCounter Counter(RateLimitRule rule, RouteBuilder route)
    {
        var alone = route.Share(rule, () => LocalCounter.For(rule, time));
        // Requests at once are those at this gateway: a place that was taken elsewhere couldn't be given back if that gateway died.
        return route.Snapshot.SharedState is { } shared && rule.Algorithm != RateLimitAlgorithm.Concurrency
            ? new SharedCounter(shared, rule, route.Identity, alone)
            : alone;
    }
}
