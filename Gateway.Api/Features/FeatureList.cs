using Gateway.Pipeline;

namespace Gateway.Features;

/// <summary>
/// All features, in the order in which their steps see a request (contract 03 §1, 08 §1). The one place that knows them all; a new feature
/// is one line here.
/// </summary>
internal static class FeatureList
{
    /// <summary>What features need in DI: schemes, clients, handlers of a name.</summary>
    public static void AddServices(IServiceCollection _, IConfiguration __)
    {
    }

    /// <summary>Sections beside the routes, compiled first.</summary>
    public static IReadOnlyList<IDocumentFeature> Document(IServiceProvider _) => [];

    /// <summary>Sections of routes.</summary>
    public static IReadOnlyList<IRouteFeature> Routes(IServiceProvider _) => [];
}
