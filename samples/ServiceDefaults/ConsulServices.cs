using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Samples.ServiceDefaults;

internal static class ConsulServices
{
    private static readonly TimeSpan CallWithin = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddConsulRegistration(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Consul").Get<ConsulOptions>();
        if (options?.Address is null) return services;

        services.AddSingleton(options);
        services.AddHttpClient<ConsulAgent>(http =>
        {
            http.BaseAddress = options.Address;
            http.Timeout = CallWithin;
            if (options.Token is not null) http.DefaultRequestHeaders.Add("X-Consul-Token", options.Token);
        });
        return services.AddHostedService<ConsulRegistration>();
    }
}
