using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.LoadBalancing;

/// <summary>Makes the balancers of one name. Registered in DI; one registration a name.</summary>
internal interface ILoadBalancerFactory
{
    /// <summary>What <c>LoadBalancerOptions.Type</c> calls it, in any case.</summary>
    string Name { get; }

    /// <returns>The balancer for this entry, or null after a problem was reported.</returns>
    ILoadBalancer? Compile(LoadBalancerOptions options, RouteSection section, RouteBuilder route);
}
