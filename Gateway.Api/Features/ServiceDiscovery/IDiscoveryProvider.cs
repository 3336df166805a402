using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.ServiceDiscovery;

/// <summary>
/// Finds the instances of services in one kind of registry. Registered in DI; its <see cref="IFeature.Keys"/> are the sections it reads
/// beside <c>ServiceDiscoveryProvider</c>, none for most.
/// </summary>
internal interface IDiscoveryProvider : IFeature
{
    /// <summary>What <c>ServiceDiscoveryProvider.Type</c> calls it, in any case; the first is its proper name.</summary>
    IReadOnlyList<string> Names { get; }

    IReadOnlyList<SectionKey> IFeature.Keys => [];

    /// <summary>What stands before the downstream path of a service's routes, their placeholders included; nothing for most.</summary>
    string PathBefore(DiscoveredService service) => "";

    /// <returns>How to watch the service, or null after a problem was reported.</returns>
    ServiceWatch? Compile(DiscoveredService service, ServiceDiscoveryProviderOptions options, RouteSection section);
}
