using Gateway.Commands;
using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Runtime;

namespace Gateway.Tests.Support;

/// <summary>A real gateway on free ports of the loopback interface, with the <c>ocelot.json</c> that the test writes.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TextSource? _source;

    private TestGateway(WebApplication app, TextSource? source) => (_app, _source) = (app, source);

    public IServiceProvider Services => _app.Services;

    public string Address => _app.Urls.First();

    public int Port => new Uri(Address).Port;

    /// <summary>A client that follows no redirects, keeps no cookies, and speaks HTTP/1.1.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>A client of the management listener.</summary>
    public HttpClient Management { get; private set; } = null!;

    public SnapshotReloader Reloader => Services.GetRequiredService<SnapshotReloader>();

    public SnapshotHolder Holder => Services.GetRequiredService<SnapshotHolder>();

    /// <summary>Starts a gateway, or fails the test with the configuration's problems.</summary>
    /// <param name="json">The text of <c>ocelot.json</c>.</param>
    /// <param name="settings">Host settings, such as <c>("Authentication:Schemes:Bearer:Authority", …)</c>.</param>
    /// <param name="configure">Changes to what is registered: a clock, a handler.</param>
    /// <param name="host">Changes to Kestrel.</param>
    public static async Task<TestGateway> StartAsync(
        string json,
        IEnumerable<(string Key, string Value)>? settings = null,
        Action<IServiceCollection>? configure = null,
        Action<IWebHostBuilder>? host = null)
    {
        var builder = Builder();
        Configure(builder, settings, configure);
        host?.Invoke(builder.WebHost);

        var source = new TextSource(json);
        return await StartAsync(GatewayHost.Build(builder, source), source);
    }

    /// <summary>Starts a gateway on the files of a folder, with its <c>appsettings.json</c>, as <c>run --config</c> does.</summary>
    /// <inheritdoc cref="StartAsync(string, IEnumerable{ValueTuple{string, string}}?, Action{IServiceCollection}?, Action{IWebHostBuilder}?)"/>
    public static async Task<TestGateway> StartFilesAsync(
        string folder, string environment, IEnumerable<(string Key, string Value)>? settings = null, Action<IServiceCollection>? configure = null)
    {
        var builder = Builder();
        var files = Sources.Files(folder, environment, []);
        Sources.AddHostSettings(builder.Configuration, folder, environment, files.Load(new ProblemList()), []);
        Configure(builder, settings, configure);
        return await StartAsync(GatewayHost.Build(builder, files), source: null);
    }

    private static WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Configuration.Sources.Clear();
        return builder;
    }

    private static void Configure(WebApplicationBuilder builder, IEnumerable<(string Key, string Value)>? settings, Action<IServiceCollection>? configure)
    {
        builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0"), new("Management:Urls", "http://127.0.0.1:0")]);
        builder.Configuration.AddInMemoryCollection((settings ?? []).Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)));
        configure?.Invoke(builder.Services);
    }

    private static async Task<TestGateway> StartAsync(WebApplication app, TextSource? source)
    {
        var problems = await app.Services.GetRequiredService<SnapshotReloader>().StartAsync();
        Assert.DoesNotContain(problems, p => p.Severity == Severity.Error);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestGateway(app, source)
        {
            Client = NewClient(app.Urls.First()),
            Management = NewClient(app.Services.GetRequiredService<ManagementListener>().Addresses.First()),
        };
    }

    /// <summary>Starts a gateway with one route to one service.</summary>
    /// <param name="more">Further members of the route, as JSON: <c>"Timeout": 1</c>.</param>
    /// <param name="global">Members of the global section, as JSON.</param>
    public static Task<TestGateway> StartAsync(
        int port, string upstream, string downstream, string more = "", string global = "",
        IEnumerable<(string Key, string Value)>? settings = null, Action<IServiceCollection>? configure = null) =>
        StartAsync($"{{ \"Routes\": [ {Route(port, upstream, downstream, more)} ], \"GlobalConfiguration\": {{ {global} }} }}", settings, configure);

    /// <inheritdoc cref="StartAsync(int, string, string, string, string, IEnumerable{ValueTuple{string, string}}?, Action{IServiceCollection}?)"/>
    public static Task<TestGateway> StartAsync(
        StubService service, string upstream, string downstream, string more = "", string global = "",
        IEnumerable<(string Key, string Value)>? settings = null, Action<IServiceCollection>? configure = null) =>
        StartAsync(service.Port, upstream, downstream, more, global, settings, configure);

    /// <summary>The JSON of one route to a service on the loopback interface, unless <paramref name="more"/> names its own hosts or service.</summary>
    public static string Route(int port, string upstream, string downstream, string more = "")
    {
        var hosts = more.Contains("DownstreamHostAndPorts", StringComparison.Ordinal) || more.Contains("ServiceName", StringComparison.Ordinal)
            ? ""
            : $$""", "DownstreamHostAndPorts": [ { "Host": "127.0.0.1", "Port": {{port}} } ]""";
        var rest = more.Length > 0 ? ", " + more : "";
        return $$"""{ "UpstreamPathTemplate": "{{upstream}}", "DownstreamPathTemplate": "{{downstream}}", "DownstreamScheme": "http"{{hosts}}{{rest}} }""";
    }

    /// <summary>Replaces the configuration and waits until the attempt to take it has ended.</summary>
    public Task<IReadOnlyCollection<Problem>> ReloadAsync(string json)
    {
        _source!.Set(json);
        return Reloader.ReloadAsync();
    }

    public Task<HttpResponseMessage> GetAsync(string target) =>
        Client.GetAsync(target, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) =>
        Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Management.Dispose();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private static HttpClient NewClient(string address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = new Uri(address) };
}
