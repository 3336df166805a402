using System.Reflection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Gateway.Hosting.Observing;

/// <summary>
/// OpenTelemetry by its standard variables: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, or that of one signal, sends traces, metrics and logs to a
/// collector; <c>OTEL_TRACES_EXPORTER=none</c> and the like leave one out; <c>OTEL_SDK_DISABLED=true</c> switches all off. Measurements are
/// also taken for <c>/metrics</c> while there is a management listener and <c>Management:Metrics</c> isn't false.
/// </summary>
internal static class TelemetrySetup
{
    private const string DefaultName = "gateway";
    private static readonly string[] Meters = [GatewayMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        var isOff = settings["OTEL_SDK_DISABLED"]?.Trim().Equals("true", StringComparison.OrdinalIgnoreCase) ?? false;
        var traces = !isOff && IsWanted(settings, "TRACES");
        var metrics = !isOff && IsWanted(settings, "METRICS");
        var logs = !isOff && IsWanted(settings, "LOGS");
        var scraped = !isOff && ManagementListener.IsOn(settings) && settings["Management:Metrics"]?.Trim().ToUpperInvariant() is not "FALSE";
        builder.Services.AddSingleton(new TelemetryState(metrics || scraped, traces));
        if (!traces && !metrics && !logs && !scraped) return;

        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(Describe);
        if (metrics || scraped)
        {
            telemetry.WithMetrics(m =>
            {
                m.AddMeter(Meters);
                if (scraped) m.AddPrometheusExporter();
                if (metrics) m.AddOtlpExporter(o => Point(o, settings, "METRICS"));
            });
        }
        if (traces) telemetry.WithTracing(t => t.AddAspNetCoreInstrumentation().AddSource("System.Net.Http").AddOtlpExporter(o => Point(o, settings, "TRACES")));
        if (logs)
        {
            builder.Logging.AddOpenTelemetry(l =>
            {
                l.SetResourceBuilder(Description());
                l.IncludeScopes = true;
                l.AddOtlpExporter(o => Point(o, settings, "LOGS"));
            });
        }
    }

    private static bool IsWanted(ConfigurationManager settings, string signal)
    {
        var exporter = settings[$"OTEL_{signal}_EXPORTER"]?.Trim();
        if (string.Equals(exporter, "none", StringComparison.OrdinalIgnoreCase)) return false;
        return string.Equals(exporter, "otlp", StringComparison.OrdinalIgnoreCase)
            || !string.IsNullOrEmpty(settings["OTEL_EXPORTER_OTLP_ENDPOINT"]) || !string.IsNullOrEmpty(settings[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"]);
    }

    // The exporter reads the variables of all signals by itself; those of one signal go before.
    private static void Point(OtlpExporterOptions options, ConfigurationManager settings, string signal)
    {
        if (Uri.TryCreate(settings[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"], UriKind.Absolute, out var endpoint)) options.Endpoint = endpoint;
    }

    private static ResourceBuilder Description()
    {
        var resource = ResourceBuilder.CreateEmpty();
        Describe(resource);
        return resource;
    }

    // What OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say wins.
    private static void Describe(ResourceBuilder resource) => resource
        .Clear()
        .AddService(DefaultName, serviceVersion: typeof(TelemetrySetup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion)
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();
}
