using Gateway.Pipeline;

namespace Gateway.Features.LoadBalancing;

/// <summary>
/// The less busy of two destinations drawn at random. Nearly as even as <see cref="LeastConnection"/>, at a cost that doesn't grow with the
/// list, and several gateways that don't know of each other's requests don't all run to the same destination.
/// </summary>
internal sealed class PowerOfTwoChoices(Random random) : ILoadBalancer
{
    public Destination Lease(Exchange exchange, IReadOnlyList<Destination> destinations)
    {
        var destination = destinations.Count == 1 ? destinations[0] : LessBusy(destinations);
        destination.Enter();
        return destination;
    }

    private Destination LessBusy(IReadOnlyList<Destination> destinations)
    {
        var one = random.Next(destinations.Count);
        var other = random.Next(destinations.Count - 1);
        if (other >= one) other++; // two different ones, all pairs alike
        return destinations[one].InFlight <= destinations[other].InFlight ? destinations[one] : destinations[other];
    }
}
