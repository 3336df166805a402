using System.Text;
using Gateway.Tests.Support;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Tests.Contract;

/// <summary>
/// One gateway and one service for all rows of a section. The service tells in <c>X-Seen</c> what it was asked, and gives the request's
/// fields back as its body; a path <c>/status/418</c> asks for a status.
/// </summary>
public abstract class ContractSetup : IAsyncLifetime
{
    private StubService _service = null!;
    private TestGateway _gateway = null!;

    /// <summary>The routes, as JSON; those without hosts of their own get the service's.</summary>
    protected abstract IEnumerable<string> Routes { get; }

    /// <summary>Members of the global section, as JSON.</summary>
    protected virtual string Global => "";

    /// <summary>Further members of the document, as JSON, each with a comma at its end.</summary>
    protected virtual string More => "";

    protected virtual IEnumerable<(string Key, string Value)> Settings => [];

    public async ValueTask InitializeAsync()
    {
        _service = await StubService.StartAsync(EchoAsync);
        var routes = string.Join(",\n", Routes).Replace("SERVICE", $"{{ \"Host\": \"127.0.0.1\", \"Port\": {_service.Port} }}", StringComparison.Ordinal);
        _gateway = await TestGateway.StartAsync($$"""{ {{More}} "Routes": [ {{routes}} ], "GlobalConfiguration": { {{Global}} } }""", Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _service.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The JSON of one route to the service.</summary>
    protected static string Route(string upstream, string downstream, string more = "") =>
        $$"""{ "UpstreamPathTemplate": "{{upstream}}", "DownstreamPathTemplate": "{{downstream}}", "DownstreamScheme": "http", "DownstreamHostAndPorts": [ SERVICE ]{{(more.Length > 0 ? ", " + more : "")}} }""";

    /// <summary>Asks as a row does: <c>POST /path | Name: value | Name: value | = body</c>, the verb <c>GET</c> where there is none.</summary>
    internal async Task<ContractAnswer> AskAsync(string row)
    {
        var parts = row.Split(" | ");
        var body = parts[^1].StartsWith("= ", StringComparison.Ordinal) ? parts[^1][2..] : null;
        var fields = parts[1..(body is null ? parts.Length : parts.Length - 1)];
        var request = new StringBuilder(parts[0].StartsWith('/') ? $"GET {parts[0]}" : parts[0]).Append(" HTTP/1.1\n");
        if (!fields.Any(f => f.StartsWith("Host:", StringComparison.Ordinal))) request.Append("Host: gateway.test\n");
        foreach (var field in fields) request.Append(field).Append('\n');
        if (body is not null) request.Append("Content-Length: ").Append(body.Length).Append('\n');
        request.Append("Connection: close\n\n").Append(body);
        return ContractAnswer.Parse(await RawClient.ExchangeAsync(_gateway.Port, request.ToString()));
    }

    /// <summary>What the service was asked, or the gateway's own status.</summary>
    internal async Task<string> SeenAsync(string row)
    {
        var answer = await AskAsync(row);
        return answer["X-Seen"] ?? $"{answer.Status}";
    }

    private static Task EchoAsync(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        http.Response.Headers["X-Seen"] = $"{http.Request.Method} {target}";
        if (http.Request.Path.StartsWithSegments("/status", out var rest)) http.Response.StatusCode = int.Parse(rest.Value![1..], null);
        if (http.Response.StatusCode is 204 or 304) return Task.CompletedTask;

        foreach (var name in (string[])["Location", "Set-Cookie", "X-Own", "WWW-Authenticate", "Server"])
            if (http.Request.Headers.TryGetValue("Answer-" + name, out var value)) http.Response.Headers[name] = value;
        return http.Response.WriteAsync(string.Join('\n', http.Request.Headers.Select(h => $"{h.Key}: {string.Join(" / ", h.Value.ToArray())}")));
    }
}
