using System.Buffers;
using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.LoadBalancing;

/// <summary>Makes <see cref="CookieStickySessions"/>, one for each route and service (contract 00, Sticky sessions).</summary>
internal sealed class CookieStickySessionsFactory(TimeProvider time) : ILoadBalancerFactory
{
    private const string DefaultCookie = ".AspNetCore.Session";
    private const int DefaultExpiry = 1_200_000;

    private static readonly SearchValues<char> NotInNames = SearchValues.Create(" ;,=\t\"");

    public string Name => nameof(CookieStickySessions);

    public ILoadBalancer? Compile(LoadBalancerOptions options, RouteSection section, RouteBuilder route)
    {
        var cookie = options.Key ?? DefaultCookie;
        var expiry = TimeSpan.FromMilliseconds(options.Expiry ?? DefaultExpiry);
        if (expiry <= TimeSpan.Zero)
        {
            section.Error("LoadBalancerOptions.Expiry", $"must be positive, was {options.Expiry}",
                "Write milliseconds, such as 1200000 for 20 minutes");
            return null;
        }
        if (cookie.AsSpan().IndexOfAny(NotInNames) >= 0)
        {
            section.Error("LoadBalancerOptions.Key", $"must be the name of a cookie, was \"{cookie}\"",
                "Write the name as the service sets it");
            return null;
        }
        if (route.Source is null) return null;

        var group = $"{route.Identity}\n{route.Source.State.Service}\n{cookie} {expiry}";
        var sessions = route.Snapshot.Share(group, () => new StickySessions(expiry, time));
        var sticky = route.Snapshot.Share(group, () => new CookieStickySessions(cookie, sessions));
        route.TransformResponse(sticky);
        if (route.Snapshot.SharedState is { } shared) route.Use(new SharedSessionsStep(shared, group, cookie, expiry, sessions));
        return sticky;
    }
}
