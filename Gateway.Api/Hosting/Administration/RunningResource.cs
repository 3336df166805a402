using Gateway.Hosting.Management;
using Gateway.Runtime;

namespace Gateway.Hosting.Administration;

/// <summary><c>GET {path}/running</c>: what this gateway runs with: its configuration's version and age, and every entry in match order.</summary>
internal sealed class RunningResource(SnapshotHolder holder, SnapshotReloader reloader)
{
    private readonly RouteViews _views = new(holder);

    public Task ReadAsync(HttpContext http) => http.Response.WriteAsJsonAsync(
        new
        {
            version = reloader.State.Version,
            loadedAt = reloader.State.LoadedAt,
            rejectedAt = reloader.State.RejectedAt,
            problems = reloader.State.Problems.Select(ConfigurationEndpoints.Shown),
            routes = _views.Current(),
        },
        Json.Options, http.RequestAborted);
}
