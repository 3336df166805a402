using Gateway.Features.ServiceDiscovery.Consul;
using Gateway.Features.ServiceDiscovery.Dns;
using Gateway.Features.ServiceDiscovery.ServiceFabric;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway.Features.ServiceDiscovery;

/// <summary>Registration of the feature and of its providers.</summary>
internal static class ServiceDiscoveryServices
{
    public static IServiceCollection AddServiceDiscovery(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DiscoveryProviders>();
        services.AddSingleton<ServiceDiscoveryFeature>();
        services.AddSingleton<ConsulClient>();
        return services.AddDiscoveryProvider<ConsulProvider>().AddDiscoveryProvider<DnsProvider>().AddDiscoveryProvider<ServiceFabricProvider>();
    }

    /// <summary>Adds a provider that <c>ServiceDiscoveryProvider.Type</c> can name.</summary>
    public static IServiceCollection AddDiscoveryProvider<T>(this IServiceCollection services) where T : class, IDiscoveryProvider =>
        services.AddSingleton<IDiscoveryProvider, T>();
}
