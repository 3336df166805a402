using System.Diagnostics.CodeAnalysis;
using Gateway.Pipeline;
using Gateway.Routing;

namespace Gateway.Runtime.Dynamic;

/// <summary>
/// Serves requests that no route fits by the service that their path begins with (contract 02 §8). Entries are asked in their order; what
/// has none is an implicit service, where those are wanted.
/// </summary>
/// <param name="listed">The entries of <c>DynamicRoutes</c>.</param>
/// <param name="services">The services without an entry; null where these can't be asked.</param>
internal sealed class DynamicTable(IReadOnlyList<(ServiceName Name, CompiledRoute Route)> listed, ImplicitServices? services) : IDisposable
{
    /// <summary>The entries, in order.</summary>
    public IEnumerable<CompiledRoute> Listed => listed.Select(l => l.Route);

    /// <summary>The services without an entry; null where these can't be asked.</summary>
    public ImplicitServices? Services { get; } = services;

    /// <summary>Answers a request, or finds that no service could.</summary>
    /// <param name="answer">What to await; null where there is nothing to ask.</param>
    public bool TryServe(HttpContext http, in RouteRequest request, [NotNullWhen(true)] out Task? answer)
    {
        answer = null;
        if (ServiceName.Of(request.Path) is not { } name) return false;
        var asked = request;
        if (Find(name) is { } route) answer = ServeAsync(route, http, asked);
        else if (Services?.Lease(name) is { } service) answer = service.UseAsync(found => ServeAsync(found, http, asked), http.RequestAborted);
        return answer is not null;
    }

    public void Dispose() => Services?.Dispose();

    /// <summary>The first entry of that name; one that names a namespace is also meant by requests that name none (contract 07 §3.3).</summary>
    private CompiledRoute? Find(ServiceName asked)
    {
        foreach (var (name, route) in listed)
            if (name.Name == asked.Name && (asked.Namespace is null || asked.Namespace == name.Namespace)) return route;
        return null;
    }

    private static Task ServeAsync(CompiledRoute route, HttpContext http, in RouteRequest request)
    {
        var exchange = new Exchange(http, route.Route, DynamicPath.Read(request), request);
        http.Features.Set(exchange);
        return PreflightRequest.Is(http.Request) && route.Preflight is { } preflight ? preflight(exchange) : route.Pipeline(exchange);
    }
}
