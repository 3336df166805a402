namespace Gateway.Features.ServiceDiscovery;

/// <summary>
/// <c>ServiceDiscoveryProvider</c>: the registry that <c>ServiceName</c> refers to (contract 07 §1.1). In <c>GlobalConfiguration</c> for
/// all routes; a route's own section adds to it, or replaces it where it names another <see cref="Type"/>.
/// </summary>
internal sealed record ServiceDiscoveryProviderOptions
{
    /// <summary><c>http</c> or <c>https</c>, for the registry's API; default <c>http</c>.</summary>
    public string? Scheme { get; init; }

    /// <summary>Host of the registry's API, without scheme or port; default <c>localhost</c>.</summary>
    public string? Host { get; init; }

    /// <summary>Port of the registry's API; 0, the default, is the provider's own (Consul: 8500).</summary>
    public int? Port { get; init; }

    /// <summary>The provider's name, in any case; default <c>Consul</c>.</summary>
    public string? Type { get; init; }

    /// <summary>What the registry asks for as permission (Consul: an ACL token with <c>service:read</c> and <c>node:read</c>).</summary>
    public string? Token { get; init; }

    /// <summary>Key of the gateway's configuration in Consul's KV store; default none: configuration comes from files.</summary>
    public string? ConfigurationKey { get; init; }

    /// <summary>
    /// Milliseconds between two questions to a registry that can only be polled. Consul pushes, so there it matters only where a proxy in
    /// front of it doesn't let a question wait. Default 0: the provider's own.
    /// </summary>
    public int? PollingInterval { get; init; }

    /// <summary>Namespace to look in (Consul Enterprise); default none.</summary>
    public string? Namespace { get; init; }

    /// <summary>Consul: the data centre to look in; default the agent's own.</summary>
    public string? Datacenter { get; init; }

    /// <summary>Consul: only instances that carry all these tags; default all instances.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>
    /// Consul: a node's name, or <c>_agent</c>; the list is then ordered by round-trip time from there. Default unordered.
    /// </summary>
    public string? Near { get; init; }

    /// <summary>Consul: the host of an instance is its node's name, as in Ocelot, and not its address. Default false.</summary>
    public bool? UseNodeName { get; init; }
}
