using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.LoadBalancing;

/// <summary>
/// Makes a balancer without options: one for each discovered service, so that all its routes share a rotation, and one for each route that
/// writes out its hosts (contract 06 §7.3). It survives a reload.
/// </summary>
internal sealed class SharedBalancerFactory(string name, Func<IServiceProvider, ILoadBalancer> make) : ILoadBalancerFactory
{
    public string Name { get; } = name;

    public ILoadBalancer? Compile(LoadBalancerOptions options, RouteSection section, RouteBuilder route) =>
        route.Source is null ? null : route.Snapshot.Share($"{Name}\n{Owner(route)}", () => make(route.Snapshot.Services));

    private static string Owner(RouteBuilder route) => route.Service ?? $"{route.Identity}\n{route.Source!.State.Service}";
}
