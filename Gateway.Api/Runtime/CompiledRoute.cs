using Gateway.Pipeline;

namespace Gateway.Runtime;

/// <summary>A route ready to serve.</summary>
/// <param name="Pipeline">All its steps and, at their end, the forwarder.</param>
/// <param name="Parts">What the pipeline is made of, for whoever explains it.</param>
/// <param name="Preflight">Answers a CORS preflight; null where the route has no CORS section.</param>
internal sealed record CompiledRoute(Route Route, RouteDelegate Pipeline, RouteParts Parts, RouteDelegate? Preflight);
