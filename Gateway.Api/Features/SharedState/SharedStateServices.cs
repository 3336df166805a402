namespace Gateway.Features.SharedState;

/// <summary>Registration of the feature.</summary>
internal static class SharedStateServices
{
    public static IServiceCollection AddSharedState(this IServiceCollection services) => services
        .AddSingleton<SharedStateMeter>()
        .AddSingleton<SharedStateFeature>();
}
