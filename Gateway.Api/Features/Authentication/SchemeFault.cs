using Gateway.Configuration;

namespace Gateway.Features.Authentication;

/// <summary>What is wrong with a scheme that the host's configuration declares.</summary>
/// <param name="Path">Where: <c>Authentication:Schemes:Shop:ApiSecret</c>.</param>
internal sealed record SchemeFault(string Path, string Message, string Fix)
{
    /// <summary>The host's configuration has many sources and doesn't tell lines.</summary>
    public static readonly Origin Origin = new("host configuration", 0, 0);
}
