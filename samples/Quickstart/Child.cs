using System.Diagnostics;

namespace Samples.Quickstart;

/// <summary>A part that runs. What it writes is passed on line by line, with its name in front.</summary>
internal sealed class Child : IDisposable
{
    private const int NameWidth = 9;

    private readonly Process _process;
    private readonly TextWriter _lines;
    private volatile bool _stopping;

    public Child(Part part, Place place, TextWriter lines)
    {
        Part = part;
        _lines = lines;
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, [place.ProgramOf(part), .. part.Arguments])
        {
            WorkingDirectory = place.FolderOf(part),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in part.Environment) start.Environment[name] = value;

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Pass(line.Data);
        _process.ErrorDataReceived += (_, line) => Pass(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Part Part { get; }

    public int Id => _process.Id;

    /// <summary>Comes to an end with the program, and gives its exit code.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Asks the program to stop; ends it by force when it hasn't after a while. What it says to that is passed over.</summary>
    public async Task StopAsync(TimeSpan within)
    {
        _stopping = true;
        if (!_process.HasExited) StopSignal.Send(_process);
        using var patience = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => _process.Dispose();

    private void Pass(string? line)
    {
        if (!_stopping && !string.IsNullOrWhiteSpace(line)) _lines.WriteLine($"{Part.Name.PadRight(NameWidth)}| {line}");
    }
}
