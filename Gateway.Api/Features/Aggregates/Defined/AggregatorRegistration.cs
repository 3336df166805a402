namespace Gateway.Features.Aggregates.Defined;

/// <summary>An aggregator that <c>Aggregator</c> can name.</summary>
internal sealed record AggregatorRegistration(string Name, Func<IServiceProvider, IDefinedAggregator> Make);
