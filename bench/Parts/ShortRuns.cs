using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Gateway.Benchmarks;

/// <summary>
/// Processor time and memory of each part, in this process and with few repetitions, so that all of them together take minutes. The time is
/// that of all threads, the collector's included; what else the machine does meanwhile isn't in it. The median of the runs is shown.
/// </summary>
internal sealed class ShortRuns : ManualConfig
{
    public ShortRuns()
    {
        AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithClock(new ProcessorTime())
            .WithEvaluateOverhead(false)
            .WithWarmupCount(3)
            .WithIterationCount(5)
            .WithIterationTime(TimeInterval.FromMilliseconds(50)));
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumnProvider(DefaultColumnProviders.Descriptor, DefaultColumnProviders.Params, DefaultColumnProviders.Statistics, DefaultColumnProviders.Metrics);
        AddColumn(StatisticColumn.Median);
        HideColumns("Error", "StdDev", "Gen0", "Gen1", "Gen2");
        AddExporter(MarkdownExporter.GitHub);
        AddLogger(ConsoleLogger.Default);
        WithArtifactsPath(Path.Combine(Path.GetTempPath(), "gateway-benchmarks"));
        WithOptions(ConfigOptions.JoinSummary | ConfigOptions.DisableLogFile);
    }
}
