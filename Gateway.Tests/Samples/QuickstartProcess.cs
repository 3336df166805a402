using System.Diagnostics;
using System.Text.Json;

namespace Gateway.Tests.Samples;

/// <summary>The whole demo on free ports, as <c>samples/Quickstart</c> starts it; one for all tests of a class.</summary>
public sealed class QuickstartProcess : IAsyncLifetime
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StoppedWithin = TimeSpan.FromSeconds(40);

    private readonly List<string> _log = [];
    private Process? _process;

    /// <summary>The single-page app's address.</summary>
    public string Spa { get; private set; } = "";

    /// <summary>The gateway's address.</summary>
    public string Gateway { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        // Standard output is closed by the program's end; the one line on it comes when everything is ready.
        var start = new ProcessStartInfo("dotnet", [Program(), "--ports", "random"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
        var addresses = await _process.StandardOutput.ReadLineAsync().WaitAsync(ReadyWithin)
            ?? throw new InvalidOperationException("The Quickstart didn't start:\n" + Log());
        using var json = JsonDocument.Parse(addresses);
        Spa = json.RootElement.GetProperty("spa").GetString()!;
        Gateway = json.RootElement.GetProperty("gateway").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null) return;
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"])) await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(StoppedWithin);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }
    }

    /// <summary>What all parts said, the last lines of it.</summary>
    public string Log()
    {
        lock (_log) return string.Join('\n', _log.TakeLast(60));
    }

    private void Keep(string? line)
    {
        lock (_log) _log.Add(line ?? "");
    }

    // Built along with these tests, for the same configuration and framework.
    private static string Program()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var root = here.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "samples", "Quickstart", "bin", here.Parent!.Name, here.Name, "Quickstart.dll");
    }
}
