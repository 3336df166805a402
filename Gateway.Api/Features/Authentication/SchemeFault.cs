using Gateway.Configuration;

namespace Gateway.Features.Authentication;

/// <summary>What is wrong with a scheme that the host's configuration declares.</summary>
/// <param name="Path">Where: <c>Authentication:Schemes:Shop:ApiSecret</c>.</param>
internal sealed record SchemeFault(string Path, string Message, string Fix)
{
    /// <inheritdoc cref="HostSections.PlaceOf"/>
    public Origin PlaceIn(ObjectNode root) => HostSections.PlaceOf(root, Path);
}
