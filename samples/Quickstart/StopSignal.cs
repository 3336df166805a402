using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Samples.Quickstart;

/// <summary>Tells a process to stop in the way that lets it finish: SIGTERM, for which .NET has no call of its own.</summary>
internal static class StopSignal
{
    private const int Terminate = 15;

    public static void Send(Process process)
    {
        // Windows has no such signal: there Ctrl+C reached the process already, or it is ended.
        if (OperatingSystem.IsWindows()) process.Kill(entireProcessTree: true);
        else _ = Kill(process.Id, Terminate);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Kill(int process, int signal);
}
