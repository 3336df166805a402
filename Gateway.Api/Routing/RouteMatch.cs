namespace Gateway.Routing;

/// <summary>The answer of a route table: a route, or none.</summary>
/// <typeparam name="T">What the table gives for a route.</typeparam>
internal readonly struct RouteMatch<T>
{
    private readonly RouteDefinition<T>? _definition;
    private readonly RouteRequest _request;

    public RouteMatch(RouteDefinition<T> definition, in RouteRequest request)
    {
        _definition = definition;
        _request = request;
    }

    /// <summary>Whether there is a route; nothing else may be asked where there is none.</summary>
    public bool Found => _definition is not null;

    public RouteDefinition<T> Definition => _definition ?? throw new InvalidOperationException("No route fits the request.");

    public T Route => Definition.Route;

    public RouteRule Rule => Definition.Rule;

    /// <summary>What the route's placeholders stand for in this request. The first thing about a match that takes memory.</summary>
    public RouteValues ReadValues() => RouteValues.Capture(Rule, _request);
}
