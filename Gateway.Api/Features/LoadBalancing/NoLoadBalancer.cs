using Gateway.Pipeline;

namespace Gateway.Features.LoadBalancing;

/// <summary>Always the first.</summary>
internal sealed class NoLoadBalancer : ILoadBalancer
{
    public Destination Lease(Exchange exchange, IReadOnlyList<Destination> destinations)
    {
        destinations[0].Enter();
        return destinations[0];
    }
}
