using Gateway.Features.Aggregates.Defined;
using Gateway.Pipeline;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway.Features.Aggregates;

/// <summary>Registration of aggregates, and of aggregators that <c>Aggregator</c> in <c>ocelot.json</c> can name by their class.</summary>
public static class AggregatesServices
{
    internal static IServiceCollection AddAggregates(this IServiceCollection services) => services.AddSingleton<AggregatesFeature>();

    /// <summary>Adds an aggregator of which there is one for the whole gateway.</summary>
    public static IServiceCollection AddSingletonDefinedAggregator<T>(this IServiceCollection services) where T : class, IDefinedAggregator
    {
        services.TryAddSingleton<T>();
        services.AddSingleton(new HostCode(typeof(T).Name));
        return services.AddSingleton(new AggregatorRegistration(typeof(T).Name, static s => s.GetRequiredService<T>()));
    }

    /// <summary>Adds an aggregator of which there is one for each aggregate that names it.</summary>
    public static IServiceCollection AddTransientDefinedAggregator<T>(this IServiceCollection services) where T : class, IDefinedAggregator =>
        services.AddSingleton(new HostCode(typeof(T).Name)).AddSingleton(new AggregatorRegistration(typeof(T).Name, static s => ActivatorUtilities.CreateInstance<T>(s)));
}
