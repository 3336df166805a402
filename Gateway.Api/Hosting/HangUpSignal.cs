using System.Runtime.InteropServices;
using Gateway.Runtime;

namespace Gateway.Hosting;

/// <summary><c>SIGHUP</c> reads the configuration anew, as an operator knows it of other servers; without this the signal would end the process.</summary>
internal sealed partial class HangUpSignal(SnapshotReloader reloader, ILogger<HangUpSignal> logger) : IHostedService, IDisposable
{
    private PosixSignalRegistration? _registration;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            Log.Asked(logger);
            _ = reloader.ReloadAsync();
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _registration?.Dispose();

    private static partial class Log
    {
        [LoggerMessage(601, LogLevel.Information, "SIGHUP: the configuration is read anew", EventName = nameof(Asked))]
        public static partial void Asked(ILogger logger);
    }
}
