using Gateway.Pipeline;

namespace Gateway.Features.Caching;

/// <summary>Registration of the feature and of what clears regions.</summary>
internal static class CachingServices
{
    public static IServiceCollection AddCaching(this IServiceCollection services) => services
        .AddSingleton<CacheRegions>()
        .AddSingleton<ICacheRegions>(provider => provider.GetRequiredService<CacheRegions>())
        .AddSingleton<CacheFeature>();
}
