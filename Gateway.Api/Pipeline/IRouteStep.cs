namespace Gateway.Pipeline;

/// <summary>
/// What one feature does with a request. A step passes on by returning <c>next(exchange)</c>, or refuses and stops; it awaits
/// <c>next</c> only when it has something to do afterwards. One instance serves all requests of a route at once.
/// </summary>
internal interface IRouteStep
{
    Task InvokeAsync(Exchange exchange, RouteDelegate next);
}
