using System.Text;
using Gateway.Configuration;
using Gateway.Hosting.Administration;
using Gateway.Hosting.Observing;
using Gateway.Runtime;

namespace Gateway.Hosting;

/// <summary>The serving program: Kestrel, the gateway behind it, and the management listener beside it.</summary>
internal static class GatewayHost
{
    private const string DefaultUrls = "http://localhost:8080";
    private static readonly string[] UrlKeys = ["urls", "http_ports", "https_ports"];
    private static readonly TimeSpan DrainWithin = TimeSpan.FromSeconds(30);

    /// <summary>Builds the program; nothing listens yet.</summary>
    public static WebApplication Build(WebApplicationBuilder builder, IDocumentSource source)
    {
        builder.Services.AddGateway(builder.Configuration).AddDocument(source);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainWithin);
        builder.Services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(builder.Configuration.GetSection("Kestrel"));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        });
        builder.AddTelemetry();
        if (!HasUrls(builder.Configuration)) builder.WebHost.UseUrls(DefaultUrls);

        var app = builder.Build();
        // Where schemes are registered, the platform would ask the default one about every request; here only routes ask.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        _ = app.Services.GetRequiredService<ReloadHistory>(); // there before the first configuration
        app.UseAdministration();
        app.Run(app.Services.GetRequiredService<RequestObserver>().InvokeAsync);
        return app;
    }

    /// <summary>Loads the configuration and serves until the process is told to stop.</summary>
    /// <returns>The problems that kept it from starting, or none.</returns>
    public static async Task<IReadOnlyCollection<Problem>> ServeAsync(WebApplication app)
    {
        app.Services.GetRequiredService<InlineScheduling>().ApplyToProcess();
        var found = await app.Services.GetRequiredService<SnapshotReloader>().StartAsync();
        var document = app.Services.GetRequiredService<SnapshotHolder>().Current?.Document.Root;
        Problem[] problems = [.. app.Services.CheckAdministration(document), .. found];
        if (problems.Any(p => p.Severity == Severity.Error)) return problems;
        await app.RunAsync();
        return [];
    }

    private static bool HasUrls(ConfigurationManager configuration) =>
        UrlKeys.Any(key => !string.IsNullOrEmpty(configuration[key]))
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
}
