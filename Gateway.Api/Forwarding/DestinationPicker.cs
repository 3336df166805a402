using Gateway.Pipeline;

namespace Gateway.Forwarding;

/// <summary>Asks a route's balancer for a destination, leaving out what rests or has been tried, while there are others. No I/O.</summary>
internal sealed class DestinationPicker(IDestinationSource source, ILoadBalancer balancer, TimeProvider time)
{
    /// <returns>A destination that is entered and must be left, or null where the service has none.</returns>
    public Destination? Lease(Exchange exchange)
    {
        var all = source.Current;
        if (all.Count == 0) return null;
        return balancer.Lease(exchange, all.Count == 1 || !AnyRests(all) ? all : Awake(all, tried: null));
    }

    /// <summary>Another destination after <paramref name="tried"/> failed; null where there is none.</summary>
    public Destination? LeaseOther(Exchange exchange, IReadOnlyList<Destination> tried)
    {
        var others = Awake(source.Current, tried);
        return others.Count == 0 ? null : balancer.Lease(exchange, others);
    }

    /// <summary>Passes a destination over for a while, since it has just failed.</summary>
    public void LetRest(Destination destination) => destination.Rest(time);

    private bool AnyRests(IReadOnlyList<Destination> all)
    {
        var now = time.GetTimestamp();
        for (var i = 0; i < all.Count; i++)
            if (all[i].IsResting(now)) return true;
        return false;
    }

    /// <summary>What neither rests nor has been tried; where all that is left rests, that.</summary>
    private List<Destination> Awake(IReadOnlyList<Destination> all, IReadOnlyList<Destination>? tried)
    {
        var now = time.GetTimestamp();
        var left = all.Where(d => tried is null || !tried.Contains(d)).ToList();
        var awake = left.Where(d => !d.IsResting(now)).ToList();
        return awake.Count > 0 ? awake : left;
    }
}
