using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Support;

/// <summary>
/// A real Redis server, <c>redis-server</c> on PATH, that serves one test alone: in memory, on a free port of the loopback interface. It can be
/// killed and started again at the same address; then it has forgotten everything.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const int Attempts = 5;
    private Process? _process;

    public int Port { get; private set; }

    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>The member of the global section that leads here, as JSON.</summary>
    public string Json => $$""" "SharedState": { "Type": "Redis", "ConnectionString": "{{ConnectionString}}" } """;

    /// <summary>Starts a server; where there is no Redis the test is skipped, but fails with <c>CI=true</c>.</summary>
    public static async Task<RedisServer> StartAsync()
    {
        if (!IsInstalled())
        {
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail("There is no redis-server on PATH.");
            Assert.Skip("There is no redis-server on PATH.");
        }
        var server = new RedisServer();
        for (var attempt = 1; ; attempt++)
        {
            server.Port = FreePorts.Take(1)[0];
            if (await server.TryStartAsync()) return server;
            if (attempt == Attempts) Assert.Fail($"Redis didn't start in {Attempts} attempts.");
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

    public async Task StartAgainAsync() => Assert.True(await TryStartAsync(), "Redis didn't start again.");

    public async ValueTask DisposeAsync() => await KillAsync();

    private static bool IsInstalled() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(directory => File.Exists(Path.Combine(directory, "redis-server")));

    private async Task<bool> TryStartAsync()
    {
        var process = Process.Start(new ProcessStartInfo("redis-server",
            ["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--loglevel", "warning"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        _process = process;
        await Eventually.TrueAsync(async () => process.HasExited || await AnswersAsync(), "Redis answers, or has given up");
        if (!process.HasExited) return true;
        _process = null;
        process.Dispose();
        return false;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port, TestContext.Current.CancellationToken);
            var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            var buffer = new byte[16];
            var read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
            return Encoding.ASCII.GetString(buffer, 0, read).StartsWith("+PONG", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
