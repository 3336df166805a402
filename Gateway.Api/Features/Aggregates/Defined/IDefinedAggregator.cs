namespace Gateway.Features.Aggregates.Defined;

/// <summary>
/// Code that makes one answer of those of an aggregate's members. <c>Aggregator</c> in <c>ocelot.json</c> names it by its class. One
/// instance serves all requests at once.
/// </summary>
public interface IDefinedAggregator
{
    /// <param name="responses">
    /// One for each call, in the order of <c>RouteKeys</c>: its <see cref="HttpContext.Items"/> hold the answer
    /// (<see cref="AggregateItems.DownstreamResponse"/>), or why there is none (<see cref="AggregateItems.Errors"/>), and the member's key
    /// (<see cref="AggregateItems.RouteKey"/>).
    /// </param>
    /// <returns>What the client gets.</returns>
    Task<DownstreamResponse> Aggregate(List<HttpContext> responses);
}
