using Gateway.Pipeline;

namespace Gateway.Features.Aggregates;

/// <summary>Makes one answer of the members' answers.</summary>
internal interface IAggregator
{
    Task AnswerAsync(Exchange exchange, IReadOnlyList<AggregatePart> parts);
}
