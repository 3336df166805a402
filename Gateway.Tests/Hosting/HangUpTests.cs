using System.Diagnostics;
using System.Runtime.InteropServices;
using Gateway.Tests.Support;

namespace Gateway.Tests.Hosting;

/// <summary><c>SIGHUP</c>.</summary>
public sealed class HangUpTests
{
    [Fact]
    public async Task Reads_the_configuration_anew_and_goes_on_serving()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no such signal.");
        // Other tests' gateways come and go; without a listener of its own the process could end.
        using var stay = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true);
        await using var gateway = await TestGateway.StartAsync(1, "/a", "/a");
        var before = gateway.Reloader.State.Version;

        using var kill = Process.Start("kill", ["-HUP", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)]);

        await Eventually.TrueAsync(() => gateway.Reloader.State.Version > before, "the configuration is read anew");
    }
}
