using Gateway.Features.Aggregates.Members;

namespace Gateway.Features.Aggregates;

/// <summary>A part of an aggregate.</summary>
/// <param name="Call">How it is called.</param>
/// <param name="DependsOn">Null where it is called once, whatever the others answer.</param>
internal sealed record AggregateMember(MemberCall Call, DependentMember? DependsOn);
