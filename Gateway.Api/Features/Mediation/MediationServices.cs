using Gateway.Features.Mediation.Aggregates;
using Gateway.Features.Mediation.Http;
using Gateway.Pipeline;

namespace Gateway.Features.Mediation;

/// <summary>Registers payload mediation.</summary>
internal static class MediationServices
{
    public static IServiceCollection AddPayloadMediation(this IServiceCollection services) => services
        .AddSingleton<PayloadMediationFactory>()
        .AddSingleton<AggregateMediationFeature>()
        .AddSingleton<IRouteHandlerFactory>(s => s.GetRequiredService<PayloadMediationFactory>());
}
