using Gateway.Features.Aggregates.Members;

namespace Gateway.Features.Aggregates;

/// <summary>What one key of an aggregate's answer holds.</summary>
/// <param name="Answers">In the order of the values that asked for them.</param>
/// <param name="IsList">Whether they are a list, even where there is one.</param>
internal sealed record AggregatePart(string Key, IReadOnlyList<MemberAnswer> Answers, bool IsList);
