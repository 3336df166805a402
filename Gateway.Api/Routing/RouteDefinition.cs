namespace Gateway.Routing;

/// <summary>An entry of the route table: which requests, and what they get.</summary>
internal sealed record RouteDefinition<T>(RouteRule Rule, T Route);
