using System.Collections.Frozen;
using Gateway.Configuration;

namespace Gateway.Features.ServiceDiscovery;

/// <summary>The registered providers by the names that <c>ServiceDiscoveryProvider.Type</c> may give.</summary>
internal sealed class DiscoveryProviders
{
    // Ocelot has packages for these; a file that names one is not misspelt.
    private static readonly FrozenSet<string> NotOffered =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "Eureka", "Kube", "PollKube", "WatchKube");

    private readonly FrozenDictionary<string, IDiscoveryProvider> _byName;

    /// <exception cref="ArgumentException">Two providers have the same name.</exception>
    public DiscoveryProviders(IEnumerable<IDiscoveryProvider> providers)
    {
        All = [.. providers];
        var byName = new Dictionary<string, IDiscoveryProvider>(StringComparer.OrdinalIgnoreCase);
        foreach (var provider in All)
            foreach (var name in provider.Names) byName.Add(name, provider);
        _byName = byName.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<IDiscoveryProvider> All { get; }

    private string Offered => string.Join(", ", _byName.Keys.Order());

    /// <returns>The provider, or null after reporting that there is none of that name.</returns>
    public IDiscoveryProvider? Find(string name, DocumentSection section)
    {
        if (_byName.TryGetValue(name, out var provider)) return provider;

        if (NotOffered.Contains(name))
        {
            section.Error("ServiceDiscoveryProvider.Type", $"this gateway doesn't offer Ocelot's provider '{name}'",
                $"Use {Offered} (in Kubernetes Dns, with a headless service's name), or register a provider of that name",
                ProblemCodes.Unsupported);
            return null;
        }
        var nearest = Spelling.Nearest(name, _byName.Keys);
        section.Error("ServiceDiscoveryProvider.Type", $"no discovery provider is called '{name}'",
            nearest is null ? $"The providers are {Offered}" : $"Did you mean '{nearest}'?",
            ProblemCodes.UnknownReference);
        return null;
    }
}
