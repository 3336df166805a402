using Microsoft.Extensions.Options;

namespace Gateway.Features.Authentication.Introspection;

/// <summary>Gives every introspection scheme what it asks its server with.</summary>
internal sealed class IntrospectorSetup(TimeProvider time, ILogger<Introspector> logger) : IPostConfigureOptions<IntrospectionOptions>
{
    private const int LargestAnswer = 1024 * 1024;

    public void PostConfigure(string? name, IntrospectionOptions options)
    {
        options.DiscoveryPolicy.RequireHttps = options.RequireHttpsMetadata;
        options.Introspector ??= new Introspector(name!, options, NewClient(), time, logger);
    }

    // A redirect would carry the client's secret to wherever it leads, so none is followed. Time-outs are the introspector's.
    private static HttpClient NewClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
        {
            MaxResponseContentBufferSize = LargestAnswer,
            Timeout = Timeout.InfiniteTimeSpan,
        };
}
