using Perfolizer.Horology;

namespace Gateway.Benchmarks;

/// <summary>Counts the processor time of this process in place of the time that passes.</summary>
internal sealed class ProcessorTime : IClock
{
    public string Title => "Processor";

    public bool IsAvailable => true;

    public Frequency Frequency { get; } = new(TimeSpan.TicksPerSecond);

    public long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;
}
