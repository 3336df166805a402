using Gateway.Pipeline;

namespace Gateway.Features.LoadBalancing;

/// <summary>Registration of the feature and of the balancers.</summary>
internal static class LoadBalancingServices
{
    public static IServiceCollection AddLoadBalancing(this IServiceCollection services) => services
        .AddSingleton<LoadBalancingFeature>()
        .AddLoadBalancer(nameof(NoLoadBalancer), _ => new NoLoadBalancer())
        .AddLoadBalancer(nameof(RoundRobin), _ => new RoundRobin())
        .AddLoadBalancer(nameof(LeastConnection), _ => new LeastConnection())
        .AddLoadBalancer(nameof(PowerOfTwoChoices), _ => new PowerOfTwoChoices(Random.Shared))
        .AddSingleton<ILoadBalancerFactory, CookieStickySessionsFactory>();

    /// <summary>Adds a balancer that <c>LoadBalancerOptions.Type</c> calls by its class's name.</summary>
    public static IServiceCollection AddLoadBalancer<T>(this IServiceCollection services) where T : ILoadBalancer =>
        services.AddLoadBalancer(typeof(T).Name, provider => ActivatorUtilities.CreateInstance<T>(provider));

    /// <summary>Adds a balancer that <c>LoadBalancerOptions.Type</c> calls by <paramref name="name"/>.</summary>
    public static IServiceCollection AddLoadBalancer(
        this IServiceCollection services, string name, Func<IServiceProvider, ILoadBalancer> make) =>
        services.AddSingleton<ILoadBalancerFactory>(new SharedBalancerFactory(name, make));
}
