namespace Samples.ServiceDefaults;

/// <summary>The <c>Consul</c> section of a service's configuration.</summary>
internal sealed record ConsulOptions
{
    /// <summary>The agent's address, such as <c>http://consul:8500</c>. Without it the service doesn't register.</summary>
    public Uri? Address { get; init; }

    /// <summary>The ACL token sent as <c>X-Consul-Token</c>; none by default.</summary>
    public string? Token { get; init; }

    /// <summary>What the service asks itself before it registers, so that no caller waits for code that never ran; its health by default.</summary>
    public string WarmUpPath { get; init; } = HealthCheck.Path;

    /// <summary>The host name or address that callers shall use; by default the local address that faces the agent.</summary>
    public string? AdvertisedAddress { get; init; }
}
