using Gateway.Pipeline;

namespace Gateway.Features.LoadBalancing;

/// <summary>One after the other, in the list's order.</summary>
internal sealed class RoundRobin : ILoadBalancer
{
    private int _last = -1;

    public Destination Lease(Exchange exchange, IReadOnlyList<Destination> destinations)
    {
        var turn = (uint)Interlocked.Increment(ref _last);
        var destination = destinations[(int)(turn % (uint)destinations.Count)];
        destination.Enter();
        return destination;
    }
}
