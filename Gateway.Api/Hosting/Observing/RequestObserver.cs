using System.Diagnostics;
using Gateway.Pipeline;
using Gateway.Runtime;

namespace Gateway.Hosting.Observing;

/// <summary>
/// Stands around the gateway's entry and notes what became of each request: for the page, for measurements and spans where somebody takes
/// them, and for the access log where the configuration wants it. Gives each answer the request's id.
/// </summary>
internal sealed class RequestObserver(
    GatewayEntry entry, SnapshotHolder holder, TrafficSeries series, RefusalLog refusals, GatewayMetrics metrics, AccessLog accessLog,
    TelemetryState telemetry, TimeProvider time)
{
    /// <summary>The answer's header with the request's id.</summary>
    public const string RequestIdHeader = "X-Request-Id";

    public async Task InvokeAsync(HttpContext http)
    {
        var started = time.GetTimestamp();
        // Decided at the end: the id may still be taken from the client, and a service may give one of its own.
        if (holder.Current is { Settings.Refusals.EmptyBodies: false }) http.Response.OnStarting(WriteRequestId, http);
        series.Enter();
        try
        {
            await entry.InvokeAsync(http);
        }
        finally
        {
            Note(http, time.GetElapsedTime(started));
        }
    }

    private void Note(HttpContext http, TimeSpan elapsed)
    {
        var exchange = http.Features.Get<Exchange>();
        var refusal = http.Features.Get<Refusal>();
        // An answer that was broken off still has the status of its beginning.
        var status = refusal is null ? http.Response.StatusCode : Math.Max(http.Response.StatusCode, refusal.Status);

        series.Leave(status, elapsed, hasLatency: status != StatusCodes.Status101SwitchingProtocols);
        exchange?.Route.Traffic.Note(status, elapsed);
        if (refusal is not null) refusals.Note(http, refusal, exchange?.Route.Name);
        metrics.Count(http, exchange, refusal);
        RequestTags.Measure(http, exchange?.Route, refusal);
        if (telemetry.IsTracing && Activity.Current is { IsAllDataRequested: true } activity) RequestTags.Trace(activity, http, exchange, refusal);
        if (holder.Current?.Settings.AccessLog is { } format and not AccessLogFormat.Off) accessLog.Write(format, http, exchange, refusal, status, elapsed);
    }

    private static Task WriteRequestId(object state)
    {
        var http = (HttpContext)state;
        http.Response.Headers.TryAdd(RequestIdHeader, http.TraceIdentifier);
        return Task.CompletedTask;
    }
}
