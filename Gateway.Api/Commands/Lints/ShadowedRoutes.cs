using Gateway.Configuration;

namespace Gateway.Commands.Lints;

/// <summary>Tells which entries no request can reach, each with a request that shows it.</summary>
internal sealed class ShadowedRoutes : ILint
{
    public void Look(LintedDocument document)
    {
        if (document.Table is not { } table) return;
        var entries = document.Entries.ToDictionary(e => e.Section.Path, StringComparer.Ordinal);
        foreach (var shadow in table.FindShadows())
        {
            if (!entries.TryGetValue(shadow.Hidden.Route.Route.Path, out var hidden)) continue;
            var winner = shadow.By.Route.Route;
            hidden.Section.Warning("UpstreamPathTemplate",
                $"no request can reach this entry: {shadow.Example} goes to {winner.Path} ({winner.Template})",
                $"Move it before {winner.Path}, give it a higher Priority, or remove it", ProblemCodes.Unreachable);
        }
    }
}
