using Gateway.Configuration;

namespace Gateway.Features.Authentication;

/// <summary>What is wrong with a scheme that the host's configuration declares.</summary>
/// <param name="Path">Where: <c>Authentication:Schemes:Shop:ApiSecret</c>.</param>
internal sealed record SchemeFault(string Path, string Message, string Fix)
{
    /// <summary>The place in the document, where it is the source.</summary>
    public Origin PlaceIn(ObjectNode root) => HostSections.PlaceOf(root, Path);
}
