using Gateway.Configuration;

namespace Gateway.Pipeline;

/// <summary>Owns some keys of <c>ocelot.json</c>.</summary>
internal interface IFeature
{
    /// <summary>Every key this room reads; a key that no room owns is an unknown key.</summary>
    IReadOnlyList<SectionKey> Keys { get; }
}

/// <summary>
/// Compiles its sections of one route, dynamic route or aggregate into steps. To compile is to validate: a section becomes finished values
/// or a problem. Called for each entry, also where none of the keys is written, and more than once at a time never.
/// </summary>
internal interface IRouteFeature : IFeature
{
    void Compile(RouteSection section, RouteBuilder route);
}

/// <summary>Compiles what stands in the document beside the routes, before any of them.</summary>
internal interface IDocumentFeature : IFeature
{
    void Compile(OcelotDocument document, SnapshotBuilder snapshot);
}
