using Gateway.Features.DelegatingHandlers.RequestLogging;
using Gateway.Pipeline;

namespace Gateway.Features.DelegatingHandlers;

/// <summary>Registration of delegating handlers, so that <c>DelegatingHandlers</c> in <c>ocelot.json</c> can name them.</summary>
public static class DelegatingHandlersServices
{
    internal static IServiceCollection AddDelegatingHandlers(this IServiceCollection services) => services
        .AddSingleton<DelegatingHandlersFeature>()
        .AddSingleton<IRouteHandlerFactory, RequestLoggingFactory>();

    /// <inheritdoc cref="AddDelegatingHandler(IServiceCollection, Type, bool)"/>
    /// <typeparam name="T">The handler.</typeparam>
    public static IServiceCollection AddDelegatingHandler<T>(this IServiceCollection services, bool global = false)
        where T : DelegatingHandler => services.AddDelegatingHandler(typeof(T), global);

    /// <summary>
    /// Registers a handler under its class's simple name. DI makes one for each route, which serves all requests of the route at once.
    /// Registering a class again replaces its registration.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="handler">A class derived from <see cref="DelegatingHandler"/>.</param>
    /// <param name="global">Whether it runs on every route, outside those that a route lists; else where a route names it.</param>
    public static IServiceCollection AddDelegatingHandler(this IServiceCollection services, Type handler, bool global = false)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (!handler.IsAssignableTo(typeof(DelegatingHandler)) || handler.IsAbstract)
            throw new ArgumentException($"{handler} is no class derived from DelegatingHandler that can be made.", nameof(handler));

        var before = services.FirstOrDefault(s => s.ServiceType == typeof(IRouteHandlerFactory)
            && s.ImplementationInstance is DelegatingHandlerFactory factory && factory.Type == handler);
        if (before is not null) services.Remove(before);
        services.AddHttpContextAccessor(); // how handlers made for Ocelot reach the request's scope
        services.AddSingleton<IRouteHandlerFactory>(new DelegatingHandlerFactory(handler, global));
        services.AddSingleton(new HostCode(handler.Name));
        return services;
    }
}
