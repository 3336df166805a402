namespace Gateway.Hosting.Observing;

/// <summary>Everything that watches requests and reloads.</summary>
internal static class ObservingServices
{
    public static IServiceCollection AddObserving(this IServiceCollection services) => services
        .AddSingleton<TrafficSeries>()
        .AddSingleton<RefusalLog>()
        .AddSingleton<GatewayMetrics>()
        .AddSingleton<AccessLog>()
        .AddSingleton<ReloadHistory>()
        .AddSingleton<RequestObserver>();
}
