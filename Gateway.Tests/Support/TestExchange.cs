using Gateway.Pipeline;
using Gateway.Routing;

namespace Gateway.Tests.Support;

/// <summary>Exchanges for direct tests of steps and balancers, without a gateway around them.</summary>
internal static class TestExchange
{
    /// <param name="target">The client's path and query.</param>
    public static Exchange Of(HttpContext http, string target = "/")
    {
        var faults = new List<TemplateFault>();
        Assert.True(DownstreamTemplate.TryParse("/", new HashSet<string>(), out var downstream, faults));
        var query = target.IndexOf('?') is >= 0 and var at ? target[at..] : "";
        var request = new RouteRequest(http.Request.Method, "", RequestPath.Parse(target), query, http.Request.Headers);
        return new Exchange(http, new Route("test", "Routes[0]", RefusalStyle.Default, downstream), new RouteValues(), request);
    }
}
