using Gateway.Pipeline;

namespace Gateway.Features.Aggregates;

/// <summary>What an aggregate refuses by itself; a refusal of one of its members becomes that of the aggregate.</summary>
internal static class AggregateRefusals
{
    public static readonly Refusal NotJson = new("aggregate_not_json", 502, "The answer that the others depend on is not JSON.");
    public static readonly Refusal TooManyCalls = new("aggregate_too_many_calls", 502, "The first answer asks for too many others.");
    public static readonly Refusal TooLarge = new("aggregate_too_large", 502, "An answer is too large to be put together with others.");
}
