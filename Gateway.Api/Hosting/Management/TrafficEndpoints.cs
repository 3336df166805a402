using Gateway.Hosting.Observing;
using Gateway.Runtime;

namespace Gateway.Hosting.Management;

/// <summary><c>/traffic</c>: the last ten minutes, for charts; <c>/refusals</c>: what the gateway answered by itself.</summary>
internal static class TrafficEndpoints
{
    public static void Map(WebApplication app, IServiceProvider gateway)
    {
        var series = gateway.GetRequiredService<TrafficSeries>();
        var refusals = gateway.GetRequiredService<RefusalLog>();
        var reloader = gateway.GetRequiredService<SnapshotReloader>();
        var holder = gateway.GetRequiredService<SnapshotHolder>();
        var time = gateway.GetRequiredService<TimeProvider>();
        var startedAt = time.GetUtcNow();
        app.MapGet("/traffic", () => Json.Of(new
        {
            now = time.GetUtcNow(),
            startedAt,
            active = series.Active,
            secondsPerPiece = TrafficSeries.Length.TotalSeconds,
            pieces = TrafficSeries.Pieces,
            series = series.Complete().Select(Piece),
            memoryBytes = Environment.WorkingSet,
            threads = ThreadPool.ThreadCount,
            gcPausePercent = Math.Round(GC.GetGCMemoryInfo().PauseTimePercentage, 2),
            configuration = new
            {
                version = reloader.State.Version,
                routes = holder.Current?.Settings.Routes ?? 0,
                loadedAt = reloader.State.LoadedAt,
                rejectedAt = reloader.State.RejectedAt,
                problems = reloader.State.Problems.Count,
            },
            services = new
            {
                total = holder.Current?.Sources.Count ?? 0,
                degraded = holder.Current?.Sources.Count(s => s.State is { Instances: 0 } or { Error: not null }) ?? 0,
            },
        }));
        app.MapGet("/refusals", () => Json.Of(new
        {
            counts = refusals.Counts.OrderByDescending(c => c.Value).Select(c => new { code = c.Key, count = c.Value }),
            last = refusals.Last(),
        }));
    }

    /// <summary>Requests by class of status, then the median, 95th and 99th percentile in milliseconds.</summary>
    private static object?[]? Piece(TrafficSeries.Piece? piece) => piece is null ? null :
    [
        piece.Counts[1] + piece.Counts[2], piece.Counts[3], piece.Counts[4], piece.Counts[5],
        piece.Latencies.Percentile(0.50), piece.Latencies.Percentile(0.95), piece.Latencies.Percentile(0.99),
    ];
}
