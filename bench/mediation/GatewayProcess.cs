using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Benchmarks.Mediation;

/// <summary>A gateway in a process of its own, in front of a service in this one; and what the gateway takes of the machine.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mediation").FullName;
    private WebApplication _service = null!;
    private Process _process = null!;

    public HttpClient Client { get; private set; } = null!;

    public int Port { get; private set; }

    /// <summary>Processor time so far, in seconds.</summary>
    public double ProcessorSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Starts both.</summary>
    /// <param name="answer">What the service answers.</param>
    /// <param name="routes">The routes as JSON, given the service's port.</param>
    public static async Task<GatewayProcess> StartAsync(RequestDelegate answer, Func<int, string> routes)
    {
        var gateway = new GatewayProcess();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Limits.MaxRequestBodySize = null);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        gateway._service = builder.Build();
        gateway._service.Run(answer);
        await gateway._service.StartAsync();
        var port = new Uri(gateway._service.Urls.First()).Port;

        await File.WriteAllTextAsync(Path.Combine(gateway._folder, "ocelot.json"), routes(port));
        gateway.Port = FreePort();
        var start = new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Gateway.Api.dll"), "--config", gateway._folder, "--urls", $"http://127.0.0.1:{gateway.Port}"])
        {
            RedirectStandardOutput = true,
            Environment = { ["Management__Urls"] = "", ["DOTNET_gcServer"] = "0" },
        };
        gateway._process = Process.Start(start)!;
        gateway._process.OutputDataReceived += (_, _) => { };
        gateway._process.BeginOutputReadLine();
        gateway.Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{gateway.Port}"), Timeout = TimeSpan.FromMinutes(2) };
        await gateway.ReadyAsync();
        return gateway;
    }

    /// <summary>Resident memory now, and the most there was since <see cref="ForgetHighest"/>; in KB.</summary>
    public long Memory(string key) => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith(key, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture);

    // proc(5): 5 resets the peak of the resident set.
    public void ForgetHighest() => File.WriteAllText($"/proc/{_process.Id}/clear_refs", "5");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _service.StopAsync();
        await _service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ReadyAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var connection = new TcpClient();
                await connection.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (attempt < 600 && !_process.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
