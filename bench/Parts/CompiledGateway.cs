using Gateway.Configuration;
using Gateway.Hosting;
using Gateway.Pipeline;
using Gateway.Routing;
using Gateway.Runtime;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Benchmarks;

/// <summary>The gateway's own services, without a server: what the program makes of a document, part by part.</summary>
internal sealed class CompiledGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    /// <param name="settings">What the host would read: schemes of authentication.</param>
    public CompiledGateway(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(new FormattingLogs()); // what a line costs before it is written anywhere
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(
            [new("urls", "http://127.0.0.1:0"), new("Management:Urls", ""), .. settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))]);
        _app = GatewayHost.Build(builder, new NoDocument());
    }

    public IServiceProvider Services => _app.Services;

    public Snapshot Compile(byte[] json) => Compile(Documents.Parse(json));

    public Snapshot Compile(ObjectNode root)
    {
        var problems = new ProblemList();
        return Services.GetRequiredService<SnapshotCompiler>().Compile(root, problems) ?? throw new InvalidOperationException(string.Join('\n', problems));
    }

    /// <summary>What the features make of a document's only route.</summary>
    public RouteBuilder Build(byte[] json)
    {
        var features = Services.GetRequiredService<FeatureSet>();
        var problems = new ProblemList();
        var catalog = new KeyCatalog(features.Keys);
        var document = OcelotDocument.Read(Documents.Parse(json), catalog, problems);
        var snapshot = new SnapshotBuilder(Services, Services.GetRequiredService<SharedResources>(), RefusalStyle.Default);
        foreach (var feature in features.Document) feature.Compile(document, snapshot);
        var route = new RouteBuilder("bench", snapshot) { Placeholders = ["id"], Scheme = "http" };
        foreach (var feature in features.Routes) feature.Compile(document.Routes[0], route);
        return problems.HasErrors ? throw new InvalidOperationException(string.Join('\n', problems)) : route;
    }

    /// <summary>A request as a server would hand it over.</summary>
    /// <param name="headers">Its headers, in turn name and value.</param>
    public HttpContext Request(string path, params string[] headers)
    {
        var http = new DefaultHttpContext { RequestServices = Services };
        http.Request.Method = "GET";
        http.Request.Scheme = "http";
        http.Request.Host = new HostString("bench");
        http.Request.Path = path;
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = path;
        http.Connection.RemoteIpAddress = System.Net.IPAddress.Loopback;
        for (var i = 0; i < headers.Length; i += 2) http.Request.Headers[headers[i]] = headers[i + 1];
        return http;
    }

    /// <summary>A request on its way through the route that takes it.</summary>
    public static Exchange ExchangeOf(Snapshot snapshot, HttpContext http)
    {
        var request = RouteRequest.From(http);
        var match = snapshot.Table.Match(request);
        return new Exchange(http, match.Route.Route, match.ReadValues(), request);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>Documents come from the benchmarks.</summary>
    private sealed class NoDocument : IDocumentSource
    {
        public ValueTask<ObjectNode?> ReadAsync(ProblemList problems, CancellationToken cancellation) => new((ObjectNode?)null);

        public ObjectNode? AsWritten() => null;

        public IDisposable Watch(Action changed) => new MemoryStream();
    }
}
