namespace Gateway.Routing;

/// <summary>A rule with its place in the order in which rules are asked: 0 is asked first.</summary>
internal sealed record RankedRoute(RouteRule Rule, int Rank);
