namespace Gateway.Features.ServiceDiscovery.Consul;

/// <summary>What Consul answered.</summary>
/// <param name="Index"><c>X-Consul-Index</c>: how new the value is; 0 where Consul gave none.</param>
/// <param name="Value">The body; null where there is no such key.</param>
internal sealed record ConsulAnswer<T>(long Index, T? Value) where T : class;
