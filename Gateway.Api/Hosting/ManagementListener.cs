using Gateway.Hosting.Management;

namespace Gateway.Hosting;

/// <summary>
/// A listener of its own for whoever runs the gateway, apart from the one for clients: <c>Management:Urls</c>, default
/// <c>http://127.0.0.1:8081</c>; empty switches it off.
/// </summary>
internal sealed class ManagementListener(IConfiguration configuration, ILoggerFactory loggers, IServiceProvider gateway) : IHostedService
{
    public const string DefaultUrls = "http://127.0.0.1:8081";

    private WebApplication? _app;

    /// <summary>Where it listens, once started.</summary>
    public IReadOnlyCollection<string> Addresses => _app is null ? [] : [.. _app.Urls];

    public static bool IsOn(IConfiguration configuration) => !string.IsNullOrWhiteSpace(Urls(configuration));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var urls = Urls(configuration);
        if (!IsOn(configuration)) return;

        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear(); // ASPNETCORE_URLS and the like are meant for the gateway
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddSingleton(loggers);
        _app = builder.Build();
        foreach (var url in urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) _app.Urls.Add(url);
        ManagementEndpoints.Map(_app, gateway);
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new IOException($"The management listener can't start on {urls}: {e.Message} Set Management:Urls to a free address, or to \"\" for none.", e);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is null) return;
        await _app.StopAsync(cancellationToken);
        await _app.DisposeAsync();
    }

    private static string Urls(IConfiguration configuration) => configuration["Management:Urls"] ?? DefaultUrls;
}
