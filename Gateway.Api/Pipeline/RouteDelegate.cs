namespace Gateway.Pipeline;

/// <summary>The rest of a route's pipeline. Completes when the answer has been written.</summary>
internal delegate Task RouteDelegate(Exchange exchange);
