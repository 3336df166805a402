using Gateway.Configuration;

namespace Gateway.Pipeline;

/// <summary>
/// Makes the delegating handler of one name for the routes that list it in <c>DelegatingHandlers</c>. Registered in DI; one registration
/// a name. Its <see cref="IFeature.Keys"/> are the sections it reads; empty for handlers without options.
/// </summary>
internal interface IRouteHandlerFactory : IFeature
{
    /// <summary>The name in <c>DelegatingHandlers</c>: a class's simple name (contract 08 §3).</summary>
    string Name { get; }

    /// <summary>Whether the handler runs on every route, outside those that a route lists.</summary>
    bool IsGlobal { get; }

    /// <summary>Whether the entry needs the handler even where it doesn't list it: leaving it out must not switch a protection off.</summary>
    bool IsImplied(RouteSection section);

    /// <returns>How to make the handler for this entry, or null after a problem was reported.</returns>
    HandlerFactory? Compile(RouteSection section, RouteBuilder route);
}
