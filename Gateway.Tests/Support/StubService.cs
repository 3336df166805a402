using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gateway.Tests.Support;

/// <summary>A request as the service behind the gateway saw it.</summary>
public sealed record SeenRequest(string Method, string Target, string Protocol, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Path => Target.Split('?')[0];

    public string Query => Target.Contains('?') ? Target[Target.IndexOf('?')..] : "";

    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    /// <summary>The header's value, its lines joined with ", "; null when it wasn't sent.</summary>
    public string? this[string header] => Headers.GetValueOrDefault(header);
}

/// <summary>
/// A real service on a free port of the loopback interface. Answers with <see cref="Answer"/>, by default 200 and <c>{}</c>, and keeps every
/// request it saw.
/// </summary>
public sealed class StubService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SeenRequest> _seen = new();

    private StubService(WebApplication app) => _app = app;

    public int Port { get; private set; }

    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>Every request so far, oldest first.</summary>
    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    /// <summary>The only request there was.</summary>
    public SeenRequest Only => Assert.Single(_seen);

    public SeenRequest Last => _seen.Last();

    /// <summary>What it answers; may be set at any time. The body of the request has been read when it is called, unless <see cref="ReadsBodies"/> is false.</summary>
    public RequestDelegate Answer { get; set; } = http =>
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync("{}");
    };

    /// <summary>Whether it reads the request's body before it answers; false for tests of streaming.</summary>
    public bool ReadsBodies { get; set; } = true;

    /// <summary>Starts one that always gives this answer.</summary>
    public static Task<StubService> StartAsync(int status, string body, string contentType = "application/json") => StartAsync(http =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        return http.Response.WriteAsync(body);
    });

    public static async Task<StubService> StartAsync(RequestDelegate? answer = null, HttpProtocols protocols = HttpProtocols.Http1, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, port, listen => listen.Protocols = protocols);
        });
        var stub = new StubService(builder.Build());
        if (answer is not null) stub.Answer = answer;
        stub._app.UseWebSockets();
        stub._app.Run(stub.HandleAsync);
        await stub._app.StartAsync(TestContext.Current.CancellationToken);
        stub.Port = new Uri(stub._app.Urls.Single()).Port;
        return stub;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync(); // connections of the gateway's pool needn't be waited for
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        if (ReadsBodies) await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var headers = http.Request.Headers.ToDictionary(
            h => h.Key, h => string.Join(", ", h.Value.ToArray()), StringComparer.OrdinalIgnoreCase);
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        _seen.Enqueue(new SeenRequest(http.Request.Method, target, http.Request.Protocol, headers, body.ToArray()));
        await Answer(http);
    }
}
