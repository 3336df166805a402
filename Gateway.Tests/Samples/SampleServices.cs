using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Tests.Support;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Tests.Samples;

/// <summary>
/// The services behind a sample: one for every host that its files name, and for every one that its page registers in Consul. Each tells its
/// name and what it was asked; <c>Answer-Status</c> and other <c>Answer-</c> fields of a request say how it answers.
/// </summary>
internal sealed partial class SampleServices : IAsyncDisposable
{
    private readonly Dictionary<string, StubService> _byName = [];
    private Dictionary<string, int> _before = [];
    private ConsulAgent? _consul;

    /// <summary>Starts the services, and gives the files with their addresses in the place of the hosts.</summary>
    public static async Task<SampleServices> StartAsync(IEnumerable<string> texts, IReadOnlyList<string> registered)
    {
        var services = new SampleServices();
        if (registered.Count > 0) services._consul = await ConsulAgent.StartAsync();
        foreach (var host in texts.SelectMany(text => Host().Matches(text)).Select(m => m.Groups[1].Value).Distinct())
            if (host != "consul") await services.AddAsync(host);
        for (var i = 0; i < registered.Count; i++)
        {
            var number = registered.Take(i).Count(name => name == registered[i]) + 1;
            var id = number == 1 ? registered[i] : $"{registered[i]}-{number}";
            await services.AddAsync(id);
            await services._consul!.RegisterAsync(registered[i], id, services._byName[id].Port);
        }
        return services;
    }

    public string Rewrite(string text) => Host().Replace(text, host =>
        $"\"Host\": \"127.0.0.1\", \"Port\": {(host.Groups[1].Value == "consul" ? _consul!.Port : _byName[host.Groups[1].Value].Port)}");

    /// <summary>The address of the service in the place of its name: <c>http://accounts/done</c>.</summary>
    public string Resolve(string url) =>
        _byName.Aggregate(url, (text, service) => text.Replace($"http://{service.Key}/", $"{service.Value.Address}/", StringComparison.Ordinal));

    /// <summary>From here on <see cref="Seen"/> counts.</summary>
    public void Remember() => _before = _byName.ToDictionary(s => s.Key, s => s.Value.Seen.Count);

    /// <summary>What the services saw since <see cref="Remember"/>.</summary>
    public IReadOnlyList<(string Service, SeenRequest Request)> Seen() =>
        [.. _byName.SelectMany(s => s.Value.Seen.Skip(_before[s.Key]).Select(seen => (s.Key, seen)))];

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _byName.Values) await service.DisposeAsync();
        if (_consul is not null) await _consul.DisposeAsync();
    }

    private async Task AddAsync(string name) => _byName[name] = await StubService.StartAsync(http => AnswerAsync(http, name));

    private static async Task AnswerAsync(HttpContext http, string name)
    {
        if (http.WebSockets.IsWebSocketRequest)
        {
            await EchoAsync(await http.WebSockets.AcceptWebSocketAsync(), name);
            return;
        }
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        http.Response.ContentType = "application/json";
        foreach (var (field, value) in http.Request.Headers.Where(h => h.Key.StartsWith("Answer-", StringComparison.Ordinal)))
        {
            if (field == "Answer-Status") http.Response.StatusCode = int.Parse(value!, null);
            else http.Response.Headers[field["Answer-".Length..]] = value;
        }
        if (http.Response.StatusCode != StatusCodes.Status204NoContent) await http.Response.WriteAsync($$"""{"service":"{{name}}","target":"{{target}}"}""");
    }

    private static async Task EchoAsync(WebSocket socket, string name)
    {
        var buffer = new byte[1024];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
        var text = $"{name}: {Encoding.UTF8.GetString(buffer, 0, received.Count)}";
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    [GeneratedRegex("""
        "Host"\s*:\s*"([^"]+)"\s*,\s*"Port"\s*:\s*\d+
        """)]
    private static partial Regex Host();
}
