using System.Security.Cryptography;
using Gateway.Configuration;
using Gateway.Features.Mediation.Http;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Commands;

/// <summary>Where <c>mediate</c> has its plan from: a file of its own, or a route of a configuration.</summary>
internal sealed class PlanSource : IAsyncDisposable
{
    private static readonly string[] NameKeys = ["Key", "UpstreamPathTemplate", "ServiceName"];

    private readonly Inspection? _inspection;

    private PlanSource(MediationPlan? plan, Inspection? inspection) => (Plan, _inspection) = (plan, inspection);

    /// <summary>The plan; null after problems.</summary>
    public MediationPlan? Plan { get; }

    /// <returns>Null where the arguments can't be used; <paramref name="errors"/> says why.</returns>
    public static async Task<PlanSource?> OpenAsync(string? plan, string? config, string? route, ProblemList problems, TextWriter errors)
    {
        if ((plan is null) == (config is null) || (config is null) != (route is null))
        {
            await errors.WriteLineAsync("Give either --plan FILE, or --config FILE and --route KEY.");
            return null;
        }
        if (plan is not null)
        {
            var services = new PlanServices { HashKey = RandomNumberGenerator.GetBytes(32) };
            return new PlanSource(ReadFile(plan, problems) is { } node ? PlanCompiler.Compile(node, "$", problems, services, MediationProfiles.None) : null, null);
        }
        return await OfRouteAsync(config!, route!, problems, errors);
    }

    /// <returns>The document in a file, or null after a problem.</returns>
    public static DocumentNode? ReadFile(string path, ProblemList problems)
    {
        try
        {
            return DocumentParser.Parse(File.ReadAllBytes(path), path, problems);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Error(ProblemCodes.File, new Origin(path, 0, 0), "$", $"the file can't be read: {e.Message}");
            return null;
        }
    }

    public ValueTask DisposeAsync() => _inspection?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<PlanSource?> OfRouteAsync(string config, string route, ProblemList problems, TextWriter errors)
    {
        var inspection = Inspection.Of(config, environment: null);
        var entries = inspection.Document is { } document ? document.Routes.Concat(document.DynamicRoutes).Concat(document.Aggregates) : [];
        var section = entries.FirstOrDefault(s => Names(s).Contains(route, StringComparer.Ordinal)) ?? entries.FirstOrDefault(s => Names(s).Contains(route, StringComparer.OrdinalIgnoreCase));
        if (section?.ReadOwn(PayloadMediationFactory.Mediation) is null)
        {
            if (inspection.Document is null) foreach (var problem in inspection.Problems) await errors.WriteLineAsync(problem.ToString());
            else await errors.WriteLineAsync(section is null ? $"No route has the Key or the upstream template '{route}'." : $"The route '{route}' has no Mediation section.");
            await inspection.DisposeAsync();
            return null;
        }
        // Compiled again: what else is wrong with the configuration doesn't matter here.
        var plan = inspection.Services.GetRequiredService<PayloadMediationFactory>().Plan(section);
        foreach (var problem in inspection.Problems.Where(p => IsOf(p.Path, $"{section.Path}.Mediation") || IsOf(p.Path, "GlobalConfiguration.Mediation"))) problems.Add(problem);
        return new PlanSource(plan, inspection);
    }

    private static IEnumerable<string> Names(RouteSection section) =>
        NameKeys.Select(k => (section.Node.Find(k)?.Value as ScalarNode)?.Text).OfType<string>();

    private static bool IsOf(string path, string place) => path.StartsWith(place, StringComparison.Ordinal);
}
