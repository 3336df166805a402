namespace Gateway.Features.ServiceDiscovery.Static;

/// <summary>An entry of <c>DownstreamHostAndPorts</c>.</summary>
internal sealed record HostAndPort
{
    /// <summary>A name or an address, without scheme, port or path. An IPv6 address may stand in brackets.</summary>
    public string? Host { get; init; }

    /// <summary>1 to 65535.</summary>
    public int? Port { get; init; }
}
