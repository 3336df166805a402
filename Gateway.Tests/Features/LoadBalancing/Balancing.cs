using Gateway.Pipeline;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.LoadBalancing;

/// <summary>What balancers are asked with.</summary>
internal static class Balancing
{
    public static Exchange Request(string? cookie = null)
    {
        var http = new DefaultHttpContext();
        if (cookie is not null) http.Request.Headers.Cookie = cookie;
        return TestExchange.Of(http);
    }

    public static Destination[] Destinations(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new Destination($"{(char)('a' + i)}", 80))];

    /// <summary>The hosts of the next picks, each left at once.</summary>
    public static string Picks(ILoadBalancer balancer, IReadOnlyList<Destination> destinations, int count, params string?[] cookies)
    {
        var picks = "";
        for (var i = 0; i < count; i++)
        {
            var destination = balancer.Lease(Request(cookies.Length == 0 ? null : cookies[i % cookies.Length]), destinations);
            destination.Leave();
            picks += destination.Host;
        }
        return picks;
    }
}
