namespace Gateway.Features.ServiceDiscovery.Consul;

/// <summary>A Consul agent's HTTP API, and what it asks for as permission. Prints no secret.</summary>
/// <param name="Address">Scheme, host and port.</param>
/// <param name="Token">The ACL token; null for the anonymous one.</param>
/// <param name="Credentials"><c>user:password</c> for a proxy in front of the agent; null for none.</param>
internal sealed record ConsulEndpoint(Uri Address, string? Token, string? Credentials)
{
    public const int DefaultPort = 8500;

    public override string ToString() => Address.GetLeftPart(UriPartial.Authority);
}
