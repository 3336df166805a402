using Gateway.Configuration;
using Gateway.Runtime;

namespace Gateway.Commands.Lints;

/// <summary>What lints look at.</summary>
/// <param name="Routes">The entries of <c>Routes</c>, each with what the global section adds.</param>
/// <param name="Entries">Those of all three lists.</param>
/// <param name="Table">What requests would be matched against; null where the configuration has errors.</param>
/// <param name="Settings">The host's configuration.</param>
/// <param name="Environment">The host's environment name.</param>
/// <param name="Reported">The paths at which something is wrong already.</param>
internal sealed record LintedDocument(
    OcelotDocument Document,
    IReadOnlyList<EffectiveEntry> Routes,
    IReadOnlyList<EffectiveEntry> Entries,
    Routing.RouteTable<CompiledRoute>? Table,
    IConfiguration Settings,
    string Environment,
    IReadOnlySet<string> Reported)
{
    /// <summary>The hosts that the routes write out.</summary>
    public IReadOnlyList<NamedHost> Hosts { get; } = [.. Routes.SelectMany(Destinations.Of)];

    public static LintedDocument Of(Inspection inspection, OcelotDocument document)
    {
        var effective = new EffectiveDocument(document, inspection.Catalog);
        return new LintedDocument(document, effective.Routes, [.. effective.All], inspection.Snapshot?.Table,
            inspection.Services.GetRequiredService<IConfiguration>(), inspection.Services.GetRequiredService<IHostEnvironment>().EnvironmentName,
            inspection.Problems.Where(p => p.Code != ProblemCodes.FormerKey).Select(p => p.Path).ToHashSet(StringComparer.Ordinal));
    }
}
