using System.Diagnostics;
using System.Text.Json;

namespace Gateway.Tests.Support;

/// <summary>
/// A real Consul agent, <c>consul</c> on PATH, that serves one test alone: in memory, on free ports of the loopback interface. It can be
/// killed and started again at the same address; then it has forgotten everything.
/// </summary>
internal sealed class ConsulAgent : IAsyncDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(30);

    private readonly string? _token;
    private readonly HttpClient _http = new();
    private int[] _ports = [];
    private Process? _process;

    private ConsulAgent(string? token)
    {
        _token = token;
        if (token is not null) _http.DefaultRequestHeaders.Add("X-Consul-Token", token);
    }

    public const string Host = "127.0.0.1";

    public int Port => _ports[0];

    /// <summary>The port of its name server.</summary>
    public int DnsPort => _ports[4];

    /// <summary>Members of <c>ServiceDiscoveryProvider</c> that lead here.</summary>
    public string Json => $$""" "Type": "Consul", "Host": "{{Host}}", "Port": {{Port}} """;

    /// <summary>Starts an agent; where there is no Consul the test is skipped, but fails with <c>CI=true</c>.</summary>
    /// <param name="token">Denies everything to callers that don't show this token; null allows everything.</param>
    public static async Task<ConsulAgent> StartAsync(string? token = null)
    {
        if (!IsInstalled())
        {
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail("There is no consul on PATH.");
            Assert.Skip("There is no consul on PATH.");
        }
        var agent = new ConsulAgent(token);
        for (var attempt = 1; ; attempt++)
        {
            agent._ports = FreePorts.Take(5);
            if (await agent.TryStartAsync()) return agent;
            if (attempt == Attempts) Assert.Fail($"Consul didn't start in {Attempts} attempts.");
        }
    }

    /// <summary>Ends the process without a word, as a crash would.</summary>
    public async Task KillAsync()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    public async Task StartAgainAsync() => Assert.True(await TryStartAsync(), "Consul didn't start again.");

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

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _http.Dispose();
    }

    private static bool IsInstalled() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, "consul")) || File.Exists(Path.Combine(folder, "consul.exe")));

    private async Task<bool> TryStartAsync()
    {
        var start = new ProcessStartInfo("consul", Arguments()) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (await IsReadyAsync()) return true;
        await KillAsync();
        return false;
    }

    private List<string> Arguments()
    {
        List<string> arguments =
        [
            "agent", "-dev", "-node", "test", "-log-level", "err", "-bind", Host, "-client", Host, "-http-port", $"{_ports[0]}",
            "-server-port", $"{_ports[1]}", "-serf-lan-port", $"{_ports[2]}", "-serf-wan-port", $"{_ports[3]}",
            "-dns-port", $"{_ports[4]}", "-grpc-port", "-1", "-https-port", "-1",
        ];
        if (_token is not null)
            arguments.AddRange(
                ["-hcl", $$"""acl { enabled = true, default_policy = "deny", tokens { master = "{{_token}}", agent = "{{_token}}" } }"""]);
        return arguments;
    }

    /// <summary>Ready is what can register: a leader is elected, and knows its own node.</summary>
    private async Task<bool> IsReadyAsync()
    {
        var watch = Stopwatch.StartNew();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (watch.Elapsed < ReadyWithin && !_process!.HasExited)
        {
            try
            {
                var checks = await GetAsync("v1/health/node/test");
                if (checks.ValueKind == JsonValueKind.Array && checks.GetArrayLength() > 0) return true;
            }
            catch (HttpRequestException)
            {
                // not yet
            }
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
        return false;
    }
}
