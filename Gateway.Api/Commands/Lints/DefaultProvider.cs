using Gateway.Configuration;

namespace Gateway.Commands.Lints;

/// <summary>Finds services that are looked for where nobody said to look: a provider's defaults are seldom meant.</summary>
internal sealed class DefaultProvider : ILint
{
    public void Look(LintedDocument document)
    {
        foreach (var entry in document.Routes.Concat(document.Entries.Where(e => e.Section.Level == Levels.DynamicRoute)))
            if (entry.Text("ServiceName") is not null && entry.Find("ServiceDiscoveryProvider") is null && entry.Section.Global.Node.Find("ServiceDiscoveryProvider") is null)
                entry.Section.Warning("ServiceName", "no ServiceDiscoveryProvider says where services are found, so a Consul agent on this machine is asked",
                    "Write \"ServiceDiscoveryProvider\": { \"Type\": …, \"Host\": …, \"Port\": … } into GlobalConfiguration", ProblemCodes.Missing);
    }
}
