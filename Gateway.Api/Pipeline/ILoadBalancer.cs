namespace Gateway.Pipeline;

/// <summary>Chooses among a route's destinations. One instance serves all requests of its routes at once; it does no I/O.</summary>
internal interface ILoadBalancer
{
    /// <summary>
    /// Picks a destination and counts it as entered (<see cref="Destination.Enter"/>), in one step where the choice depends on the count.
    /// The caller leaves it when the answer has ended.
    /// </summary>
    /// <param name="destinations">Never empty. Whatever rests or has been tried is already gone from it, while there are others.</param>
    Destination Lease(Exchange exchange, IReadOnlyList<Destination> destinations);
}
