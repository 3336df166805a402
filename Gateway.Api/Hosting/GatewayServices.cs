using Gateway.Configuration;
using Gateway.Features;
using Gateway.Forwarding;
using Gateway.Hosting.Administration;
using Gateway.Hosting.Observing;
using Gateway.Pipeline;
using Gateway.Runtime;
using Gateway.Runtime.Dynamic;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>Everything the gateway needs in DI.</summary>
internal static class GatewayServices
{
    public static IServiceCollection AddGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddForwarding();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SharedResources>();
        services.AddSingleton<FeatureSet>();
        services.AddSingleton<RouteCompiler>();
        services.AddSingleton<DynamicCompiler>();
        services.AddSingleton<SnapshotCompiler>();
        services.AddSingleton<SnapshotHolder>();
        services.AddSingleton<SnapshotReloader>();
        services.AddSingleton<GatewayEntry>();
        services.AddSingleton<ManagementListener>();
        services.AddHostedService(s => s.GetRequiredService<ManagementListener>());
        services.AddHostedService<HangUpSignal>();
        services.AddSingleton<InlineScheduling>();
        services.AddSingleton<IConfigureOptions<SocketTransportOptions>>(s => s.GetRequiredService<InlineScheduling>());
        services.AddObserving();
        services.AddAdministration();
        FeatureList.AddServices(services, configuration);
        return services;
    }

    /// <summary>Where the configuration comes from: <paramref name="files"/>, unless they name a store that keeps it.</summary>
    public static IServiceCollection AddDocument(this IServiceCollection services, IDocumentSource files) =>
        services.AddSingleton(provider => FeatureList.Source(files, provider));
}
