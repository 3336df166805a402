using Gateway.Configuration;
using Gateway.Hosting.Observing;
using Gateway.Runtime;

namespace Gateway.Hosting.Management;

/// <summary><c>/config</c>: the document as each route sees it, secrets covered; <c>/reloads</c>: the last attempts; <c>/problems</c>: those of the newest.</summary>
internal static class ConfigurationEndpoints
{
    public static void Map(WebApplication app, IServiceProvider gateway, SnapshotHolder holder)
    {
        var catalog = gateway.GetRequiredService<SnapshotCompiler>().Catalog;
        var history = gateway.GetRequiredService<ReloadHistory>();
        var reloader = gateway.GetRequiredService<SnapshotReloader>();
        app.MapGet("/config", () => holder.Current?.Document is { } document
            ? Results.Text(DocumentWriter.Write(Secrets.Mask(new EffectiveDocument(document, catalog).AsRoot(document.Root))), "application/json")
            : Json.Of(new { error = "There is no configuration yet." }, StatusCodes.Status503ServiceUnavailable));
        app.MapGet("/reloads", () => Json.Of(new
        {
            reloads = history.Last().Select(r => new { at = r.At, version = r.Version, accepted = r.IsAccepted, problems = r.Problems.Select(Shown), changes = r.Changes }),
        }));
        app.MapGet("/problems", () => Json.Of(new { problems = reloader.State.Problems.Select(Shown) }));
    }

    private static object Shown(Problem problem) => new
    {
        code = problem.Code,
        severity = problem.Severity == Severity.Error ? "error" : "warning",
        file = problem.Origin.File,
        line = problem.Origin.Line,
        column = problem.Origin.Column,
        path = problem.Path,
        message = problem.Message,
        fix = problem.Fix,
    };
}
