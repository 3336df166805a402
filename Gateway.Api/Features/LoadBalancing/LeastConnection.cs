using Gateway.Pipeline;

namespace Gateway.Features.LoadBalancing;

/// <summary>
/// The destination with the fewest requests whose answer hasn't ended, the first of equals. Requests that choose at the same moment don't
/// all see the same idle destination: entering fails when the count isn't the one seen, and the choice is made anew. Each failure is
/// another's success, so this ends.
/// </summary>
internal sealed class LeastConnection : ILoadBalancer
{
    public Destination Lease(Exchange exchange, IReadOnlyList<Destination> destinations)
    {
        while (true)
        {
            var least = destinations[0];
            var count = least.InFlight;
            for (var i = 1; i < destinations.Count && count > 0; i++)
            {
                var other = destinations[i].InFlight;
                if (other < count) (least, count) = (destinations[i], other);
            }
            if (least.TryEnter(count)) return least;
        }
    }
}
