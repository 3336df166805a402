namespace Gateway.Routing;

/// <summary>An entry that can never take a request, because another fits whatever it fits and is always asked first.</summary>
/// <param name="Hidden">The entry that is never reached.</param>
/// <param name="By">The entry that hides it.</param>
/// <param name="Example">A request that both fit.</param>
internal sealed record Shadow<T>(RouteDefinition<T> Hidden, RouteDefinition<T> By, ExampleRequest Example);
