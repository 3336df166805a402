namespace Gateway.Features.RequestId;

internal static class RequestIdServices
{
    public static IServiceCollection AddRequestId(this IServiceCollection services) =>
        services.AddSingleton<IncomingRequestIdFeature>().AddSingleton<RequestIdFeature>();
}
