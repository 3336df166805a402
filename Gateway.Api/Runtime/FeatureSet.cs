using Gateway.Configuration;
using Gateway.Features;
using Gateway.Forwarding;
using Gateway.Pipeline;

namespace Gateway.Runtime;

/// <summary>Every room that owns keys, in the order in which they compile a route.</summary>
internal sealed class FeatureSet(IServiceProvider services, IEnumerable<IRouteHandlerFactory> handlers)
{
    public IReadOnlyList<IDocumentFeature> Document { get; } = FeatureList.Document(services);

    public IReadOnlyList<IRouteFeature> Routes { get; } = FeatureList.Routes(services);

    /// <summary>Every key that some room reads.</summary>
    public IEnumerable<SectionKey> Keys =>
        new IFeature[] { new GlobalKeys(), new UpstreamKeys(), new ForwardingKeys() }
            .Concat(Document).Concat(Routes).Concat(handlers)
            .SelectMany(f => f.Keys)
            .Distinct();
}
