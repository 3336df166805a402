using Gateway.Configuration;
using Gateway.Features.Aggregates;
using Gateway.Features.Authentication;
using Gateway.Features.Authorization;
using Gateway.Features.Caching;
using Gateway.Features.Claims;
using Gateway.Features.Cors;
using Gateway.Features.DelegatingHandlers;
using Gateway.Features.Headers;
using Gateway.Features.HealthChecks;
using Gateway.Features.HttpHandlers;
using Gateway.Features.LoadBalancing;
using Gateway.Features.Mediation;
using Gateway.Features.Metadata;
using Gateway.Features.QualityOfService;
using Gateway.Features.RateLimiting;
using Gateway.Features.RequestId;
using Gateway.Features.Security;
using Gateway.Features.ServiceDiscovery;
using Gateway.Features.ServiceDiscovery.ConsulKv;
using Gateway.Features.SharedState;
using Gateway.Pipeline;

namespace Gateway.Features;

/// <summary>
/// All features, in the order in which their steps see a request (contract 03 §1, 08 §1). The one place that knows them all; a new feature
/// is one line here.
/// </summary>
internal static class FeatureList
{
    /// <summary>What features need in DI: schemes, clients, handlers of a name.</summary>
    public static void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddRequestId()
        .AddHeaders()
        .AddSchemes(configuration)
        .AddSingleton<SecurityFeature>()
        .AddSharedState()
        .AddCaching()
        .AddServiceDiscovery()
        .AddLoadBalancing()
        .AddHealthChecksOfHosts()
        .AddMetadata()
        .AddDelegatingHandlers()
        .AddAggregates()
        .AddPayloadMediation();

    /// <summary>Where the document comes from: the files, unless they name a store that keeps it.</summary>
    public static IDocumentSource Source(IDocumentSource files, IServiceProvider services) =>
        ActivatorUtilities.CreateInstance<ConsulConfiguration>(services, files);

    /// <summary>Sections beside the routes, compiled first.</summary>
    public static IReadOnlyList<IDocumentFeature> Document(IServiceProvider services) =>
    [
        services.GetRequiredService<SharedStateFeature>(),
        services.GetRequiredService<SecurityFeature>(),
        services.GetRequiredService<AuthenticationFeature>(),
    ];

    /// <summary>Sections of routes.</summary>
    public static IReadOnlyList<IRouteFeature> Routes(IServiceProvider services) =>
    [
        services.GetRequiredService<IncomingRequestIdFeature>(),
        new CorsFeature(),
        services.GetRequiredService<SecurityFeature>(),
        services.GetRequiredService<HeadersFeature>(),
        RateLimiting(services, isBehindAuthentication: false),
        services.GetRequiredService<RequestIdFeature>(),
        services.GetRequiredService<AuthenticationFeature>(),
        new ClaimsToClaimsFeature(),
        RateLimiting(services, isBehindAuthentication: true),
        new AuthorizationFeature(),
        new ClaimsToRequestFeature(),
        services.GetRequiredService<CacheFeature>(),
        services.GetRequiredService<ServiceDiscoveryFeature>(),
        services.GetRequiredService<LoadBalancingFeature>(),
        services.GetRequiredService<HealthCheckFeature>(),
        ActivatorUtilities.CreateInstance<HttpHandlerFeature>(services),
        services.GetRequiredService<MetadataFeature>(),
        services.GetRequiredService<DelegatingHandlersFeature>(),
        services.GetRequiredService<AggregatesFeature>(),
        ActivatorUtilities.CreateInstance<QoSFeature>(services),
    ];

    private static RateLimitFeature RateLimiting(IServiceProvider services, bool isBehindAuthentication) =>
        ActivatorUtilities.CreateInstance<RateLimitFeature>(services, isBehindAuthentication);
}
