using Gateway.Hosting.Observing;
using Gateway.Runtime;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry.Metrics;

namespace Gateway.Hosting.Management;

/// <summary>Everything the management listener answers. Nothing here changes what the gateway does.</summary>
internal static class ManagementEndpoints
{
    /// <param name="app">The management listener.</param>
    /// <param name="gateway">The services of the gateway that it tells of.</param>
    public static void Map(WebApplication app, IServiceProvider gateway)
    {
        app.Use(static (http, next) =>
        {
            // Whoever watches the gateway's requests doesn't want to see his own.
            if (http.Features.Get<IHttpMetricsTagsFeature>() is { } metrics) metrics.MetricsDisabled = true;
            PageHeaders.Write(http.Response.Headers);
            return next(http);
        });
        var holder = gateway.GetRequiredService<SnapshotHolder>();
        HealthEndpoints.Map(app, holder, gateway.GetRequiredService<SnapshotReloader>(), gateway.GetRequiredService<TimeProvider>(), gateway.GetRequiredService<IHostApplicationLifetime>());
        if (gateway.GetService<MeterProvider>() is { } meters && gateway.GetRequiredService<TelemetryState>().IsMeasuring)
            app.MapPrometheusScrapingEndpoint("/metrics", meters, configureBranchedPipeline: null, optionsName: null);

        var routes = new RouteViews(holder);
        TrafficEndpoints.Map(app, gateway);
        RouteEndpoints.Map(app, gateway, holder, routes);
        ServiceEndpoints.Map(app, gateway, holder);
        ConfigurationEndpoints.Map(app, gateway, holder);
        MediationEndpoint.Map(app, gateway, holder);
        PageFiles.Map(app);
    }
}
