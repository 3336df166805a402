using System.Text.Json;

namespace Gateway.Tests.Support;

/// <summary>A real Consul agent, in memory: when it is killed it has forgotten everything.</summary>
internal sealed class ConsulAgent : ServerProcess
{
    private readonly string? _token;
    private readonly HttpClient _http = new();

    private ConsulAgent(string? token) : base("consul", ports: 5)
    {
        _token = token;
        if (token is not null) _http.DefaultRequestHeaders.Add("X-Consul-Token", token);
    }

    public int Port => Ports[0];

    /// <summary>The port of its name server.</summary>
    public int DnsPort => Ports[4];

    /// <summary>Members of <c>ServiceDiscoveryProvider</c> that lead here.</summary>
    public string Json => $$""" "Type": "Consul", "Host": "{{Host}}", "Port": {{Port}} """;

    protected override IEnumerable<string> Arguments
    {
        get
        {
            string[] arguments =
            [
                "agent", "-dev", "-node", "test", "-log-level", "err", "-bind", Host, "-client", Host, "-http-port", $"{Ports[0]}",
                "-server-port", $"{Ports[1]}", "-serf-lan-port", $"{Ports[2]}", "-serf-wan-port", $"{Ports[3]}",
                "-dns-port", $"{Ports[4]}", "-grpc-port", "-1", "-https-port", "-1",
            ];
            return _token is null
                ? arguments
                : [.. arguments, "-hcl", $$"""acl { enabled = true, default_policy = "deny", tokens { master = "{{_token}}", agent = "{{_token}}" } }"""];
        }
    }

    /// <param name="token">Denies everything to callers that don't show this token; null allows everything.</param>
    public static Task<ConsulAgent> StartAsync(string? token = null) => StartedAsync(new ConsulAgent(token));

    /// <summary>Registers an instance, passing its check until <see cref="SetCheckAsync"/> says otherwise.</summary>
    /// <param name="address">Empty for the node's own address.</param>
    public Task RegisterAsync(string service, string id, int port, string address = "127.0.0.1", params string[] tags) => PutAsync(
        "v1/agent/service/register",
        new
        {
            ID = id,
            Name = service,
            Address = address,
            Port = port,
            Tags = tags,
            Check = new { CheckID = $"check-{id}", TTL = "1h", Status = "passing" },
        });

    public Task DeregisterAsync(string id) => PutAsync($"v1/agent/service/deregister/{id}", new { });

    /// <param name="status"><c>passing</c>, <c>warning</c> or <c>critical</c>.</param>
    public Task SetCheckAsync(string id, string status) => PutAsync($"v1/agent/check/update/check-{id}", new { Status = status });

    public Task PutAsync(string path, object body) => PutAsync(path, JsonContent.Create(body));

    public async Task PutAsync(string path, HttpContent content)
    {
        using var response = await _http.PutAsync(new Uri($"http://{Host}:{Port}/{path}"), content, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode,
            $"{path}: {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }

    public async Task<JsonElement> GetAsync(string path) =>
        await _http.GetFromJsonAsync<JsonElement>(new Uri($"http://{Host}:{Port}/{path}"), TestContext.Current.CancellationToken);

    /// <returns>Null where there is nothing.</returns>
    public async Task<JsonElement?> FindAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri($"http://{Host}:{Port}/{path}"), TestContext.Current.CancellationToken);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)
            : null;
    }

    public async Task DeleteAsync(string path)
    {
        using var response = await _http.DeleteAsync(new Uri($"http://{Host}:{Port}/{path}"), TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, path);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _http.Dispose();
    }

    /// <summary>Ready is what can register: a leader is elected, and knows its own node.</summary>
    protected override async Task<bool> IsReadyAsync()
    {
        var checks = await GetAsync("v1/health/node/test");
        return checks.ValueKind == JsonValueKind.Array && checks.GetArrayLength() > 0;
    }
}
