using Gateway.Features.Authentication;
using Gateway.Features.Authorization;
using Gateway.Features.Claims;
using Gateway.Features.Cors;
using Gateway.Features.LoadBalancing;
using Gateway.Features.Security;
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
    public static void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddSchemes(configuration)
        .AddSingleton<SecurityFeature>()
        .AddServiceDiscovery()
        .AddLoadBalancing();

    /// <summary>Sections beside the routes, compiled first.</summary>
    public static IReadOnlyList<IDocumentFeature> Document(IServiceProvider services) =>
    [
        services.GetRequiredService<SecurityFeature>(),
        services.GetRequiredService<AuthenticationFeature>(),
    ];

    /// <summary>Sections of routes.</summary>
    public static IReadOnlyList<IRouteFeature> Routes(IServiceProvider services) =>
    [
        new CorsFeature(),
        services.GetRequiredService<SecurityFeature>(),
        services.GetRequiredService<AuthenticationFeature>(),
        new ClaimsToClaimsFeature(),
        new AuthorizationFeature(),
        new ClaimsToRequestFeature(),
        services.GetRequiredService<ServiceDiscoveryFeature>(),
        services.GetRequiredService<LoadBalancingFeature>(),
    ];
}
