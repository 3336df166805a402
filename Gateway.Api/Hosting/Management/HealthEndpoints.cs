using Gateway.Pipeline;
using Gateway.Runtime;

namespace Gateway.Hosting.Management;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it serves a configuration and isn't stopping; 503 else. The body tells
/// more: which services have no instance, how old the configuration and the lists are, what is wrong with the newest configuration.
/// <c>/health/startup</c>: a first configuration has taken effect.
/// </summary>
internal static class HealthEndpoints
{
    public static void Map(WebApplication app, SnapshotHolder holder, SnapshotReloader reloader, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        app.MapGet("/health/live", () => Results.Json(new { status = "live" }));
        app.MapGet("/health/startup", () => Answer(holder.Current is not null, new { status = holder.Current is null ? "starting" : "started" }));
        app.MapGet("/health/ready", () =>
        {
            var stopping = lifetime.ApplicationStopping.IsCancellationRequested;
            var snapshot = holder.Current;
            var ready = snapshot is not null && !stopping;
            return Answer(ready, new
            {
                status = stopping ? "stopping" : snapshot is null ? "starting" : IsDegraded(snapshot, reloader.State) ? "degraded" : "ready",
                configuration = Configuration(reloader.State, snapshot, time),
                services = snapshot?.Sources.Select(s => Service(s.State)).ToArray() ?? [],
                sharedState = snapshot?.SharedState is { } shared ? SharedState(shared.Report) : null,
            });
        });
    }

    private static IResult Answer(bool good, object body) =>
        Results.Json(body, statusCode: good ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);

    private static bool IsDegraded(Snapshot snapshot, ReloadState state) =>
        state.RejectedAt is not null
        || snapshot.Sources.Any(s => s.State is { Instances: 0 } or { Error: not null })
        || snapshot.SharedState is { Report.IsUp: false };

    private static object Configuration(ReloadState state, Snapshot? snapshot, TimeProvider time) => new
    {
        version = state.Version,
        routes = snapshot?.Settings.Routes ?? 0,
        loadedAt = state.Version == 0 ? null : (DateTimeOffset?)state.LoadedAt,
        ageSeconds = state.Version == 0 ? 0 : (long)(time.GetUtcNow() - state.LoadedAt).TotalSeconds,
        rejectedAt = state.RejectedAt,
        problems = state.Problems.Select(p => p.ToString()).ToArray(),
    };

    private static object SharedState(SharedStateReport report) => new
    {
        type = report.Type,
        up = report.IsUp,
        awayForSeconds = (long)report.AwayFor.TotalSeconds,
        error = report.Error,
    };

    private static object Service(SourceState state) => new
    {
        service = state.Service,
        provider = state.Provider,
        instances = state.Instances,
        staleForSeconds = (long)state.StaleFor.TotalSeconds,
        error = state.Error,
    };
}
