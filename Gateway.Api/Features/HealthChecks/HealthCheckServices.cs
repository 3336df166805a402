namespace Gateway.Features.HealthChecks;

/// <summary>Registration of the feature.</summary>
internal static class HealthCheckServices
{
    public static IServiceCollection AddHealthChecksOfHosts(this IServiceCollection services) =>
        services.AddSingleton<HealthCheckFeature>();
}
