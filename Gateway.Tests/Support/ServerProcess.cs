using System.Diagnostics;

namespace Gateway.Tests.Support;

/// <summary>
/// A real server, a program on PATH, that serves one test alone: on free ports of the loopback interface. It can be killed and started again at
/// the same address.
/// </summary>
internal abstract class ServerProcess(string program, int ports) : IAsyncDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(30);

    private Process? _process;

    public const string Host = "127.0.0.1";

    protected IReadOnlyList<int> Ports { get; private set; } = [];

    protected abstract IEnumerable<string> Arguments { get; }

    /// <summary>Starts it; where the program isn't installed the test is skipped, but fails with <c>CI=true</c>.</summary>
    protected static async Task<T> StartedAsync<T>(T server) where T : ServerProcess
    {
        await server.StartAsync();
        return server;
    }

    /// <summary>Whether it does its work by now. May throw what a client does when nobody listens yet.</summary>
    protected abstract Task<bool> IsReadyAsync();

    /// <summary>Ends the process without a word, as a crash would.</summary>
    public async Task KillAsync()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    public async Task StartAgainAsync() => Assert.True(await TryStartAsync(), $"{program} didn't start again.");

    public virtual async ValueTask DisposeAsync() => await KillAsync();

    private async Task StartAsync()
    {
        if (!IsInstalled())
        {
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail($"There is no {program} on PATH.");
            Assert.Skip($"There is no {program} on PATH.");
        }
        for (var attempt = 1; ; attempt++)
        {
            Ports = FreePorts.Take(ports);
            if (await TryStartAsync()) return;
            if (attempt == Attempts) Assert.Fail($"{program} didn't start in {Attempts} attempts.");
        }
    }

    private bool IsInstalled() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));

    private async Task<bool> TryStartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(program, Arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (await BecomesReadyAsync(_process)) return true;
        await KillAsync();
        return false;
    }

    private async Task<bool> BecomesReadyAsync(Process process)
    {
        var watch = Stopwatch.StartNew();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (watch.Elapsed < ReadyWithin && !process.HasExited)
        {
            try
            {
                if (await IsReadyAsync()) return true;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or System.Net.Sockets.SocketException)
            {
                // not yet
            }
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
        return false;
    }
}
