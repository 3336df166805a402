using Gateway.Features.Caching;
using Gateway.Features.HttpHandlers;
using Gateway.Features.LoadBalancing;
using Gateway.Features.QualityOfService;
using Gateway.Features.RateLimiting;
using Gateway.Features.ServiceDiscovery;
using Gateway.Pipeline;

namespace Gateway.Features;

/// <summary>
/// All features, in the order in which their steps see a request (contract 03 §1, 08 §1). The one place that knows them all; a new feature
/// is one line here.
/// </summary>
internal static class FeatureList
{
    /// <summary>What features need in DI: schemes, clients, handlers of a name.</summary>
    public static void AddServices(IServiceCollection services, IConfiguration _) => services
        .AddCaching()
        .AddServiceDiscovery()
        .AddLoadBalancing();

    /// <summary>Sections beside the routes, compiled first.</summary>
    public static IReadOnlyList<IDocumentFeature> Document(IServiceProvider _) => [];

    /// <summary>Sections of routes.</summary>
    public static IReadOnlyList<IRouteFeature> Routes(IServiceProvider services) =>
    [
        RateLimiting(services, isBehindAuthentication: false),
        RateLimiting(services, isBehindAuthentication: true),
        services.GetRequiredService<CacheFeature>(),
        services.GetRequiredService<ServiceDiscoveryFeature>(),
        services.GetRequiredService<LoadBalancingFeature>(),
        ActivatorUtilities.CreateInstance<HttpHandlerFeature>(services),
        ActivatorUtilities.CreateInstance<QoSFeature>(services),
    ];

    private static RateLimitFeature RateLimiting(IServiceProvider services, bool isBehindAuthentication) =>
        ActivatorUtilities.CreateInstance<RateLimitFeature>(services, isBehindAuthentication);
}
