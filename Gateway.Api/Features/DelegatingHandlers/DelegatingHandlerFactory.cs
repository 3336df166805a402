using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.DelegatingHandlers;

/// <summary>Makes a handler of one class, without options of its own, by DI: one for each route, for as long as the route lives.</summary>
internal sealed class DelegatingHandlerFactory(Type type, bool isGlobal) : IRouteHandlerFactory
{
    // Not resolved from the container, which would keep every handler of every past configuration until the process ends.
    private readonly ObjectFactory _make = ActivatorUtilities.CreateFactory(type, []);

    public Type Type { get; } = type;

    public string Name { get; } = type.Name;

    public bool IsGlobal { get; } = isGlobal;

    public IReadOnlyList<SectionKey> Keys => [];

    public bool IsImplied(RouteSection section) => false;

    public HandlerFactory Compile(RouteSection section, RouteBuilder route) => services => (DelegatingHandler)_make(services, null);
}
