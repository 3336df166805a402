namespace Gateway.Features.ServiceDiscovery;

/// <summary>A service as a registry knows it.</summary>
/// <param name="Name"><c>ServiceName</c> of the route.</param>
/// <param name="Namespace"><c>ServiceNamespace</c> of the route; null where it has none. What it means is the provider's affair.</param>
internal sealed record DiscoveredService(string Name, string? Namespace)
{
    /// <summary>As health, logs and balancers call it: <c>shop.cart</c>, or <c>cart</c> without a namespace.</summary>
    public override string ToString() => Namespace is null ? Name : $"{Namespace}.{Name}";
}
