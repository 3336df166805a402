using Gateway.Configuration;
using Gateway.Features.ServiceDiscovery;
using Gateway.Pipeline;
using Gateway.Tests.Support;

namespace Gateway.Tests.Contract;

/// <summary>Contract 06 §7, as 00 amends it: which of the hosts A, B and C serves each of several requests.</summary>
public sealed class C06S7BalancingTests : IAsyncLifetime
{
    private readonly List<StubService> _services = [];

    public async ValueTask InitializeAsync()
    {
        foreach (var name in (string[])["A", "B", "C"]) _services.Add(await StubService.StartAsync(200, name));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services) await service.DisposeAsync();
    }

    [Theory]
    [InlineData("""{ "Type": "RoundRobin" }""", "/a /a /a /a", "ABCA")]
    [InlineData("""{ "Type": "roundrobin" }""", "/a /a /a /a", "ABCA")] // 00: any case; Ocelot 500
    [InlineData("""{ "Type": "RoundRobin" }""", "/a /b /a /b", "AABB")] // routes with written hosts have rotations of their own
    [InlineData("""{ "Type": "LeastConnection" }""", "/a /a /a", "AAA")] // nothing is under way
    [InlineData("""{ "Type": "NoLoadBalancer" }""", "/a /a /a", "AAA")]
    [InlineData("""{}""", "/a /a /a", "AAA")]
    [InlineData("""{ "Type": "CookieStickySessions", "Key": "sid" }""", "/a|s1 /a|s2 /a|s1 /a|s2", "ABAB")]
    [InlineData("""{ "Type": "CookieStickySessions", "Key": "sid" }""", "/a|s1 /a|s1 /a|s1", "AAA")]
    [InlineData("""{ "Type": "CookieStickySessions", "Key": "sid" }""", "/a /a /a /a", "ABCA")] // 00: in turn; Ocelot AAAA
    [InlineData("""{ "Type": "CookieStickySessions", "Key": "sid" }""", "/a|s1 /b|s2 /b|s1 /a|s1", "AABA")] // 00: by route
    [InlineData("""{ "Type": "CookieStickySessions" }""", "/a|.AspNetCore.Session=s1 /a|.AspNetCore.Session=s2 /a|.AspNetCore.Session=s1", "ABA")]
    public async Task Serves(string options, string requests, string expected)
    {
        await using var gateway = await TestGateway.StartAsync(
            $$"""{ "Routes": [ {{Route("/a", options)}}, {{Route("/b", options)}} ] }""");

        Assert.Equal(expected, await AskAsync(gateway, requests));
    }

    [Theory] // routes of one Key are a group for global sections, and nothing else: each has its own rotation and sessions
    [InlineData("""{ "Type": "RoundRobin" }""", "/a /b /a /b", "AABB")]
    [InlineData("""{ "Type": "CookieStickySessions", "Key": "sid" }""", "/a|s1 /a|s2 /b|s2", "ABA")]
    public async Task Serves_routes_of_one_key_apart(string options, string requests, string expected)
    {
        await using var gateway = await TestGateway.StartAsync($$"""
            { "Routes": [ {{Route("/a", "{}", "\"Key\": \"k\",")}}, {{Route("/b", "{}", "\"Key\": \"k\",")}} ],
              "GlobalConfiguration": { "LoadBalancerOptions": {{options.Replace("}", ", \"RouteKeys\": [ \"k\" ] }", StringComparison.Ordinal)}} } }
            """);

        Assert.Equal(expected, await AskAsync(gateway, requests));
    }

    [Fact] // 06 §7.3: the rotation is the service's
    public async Task Routes_to_one_service_share_its_rotation()
    {
        await using var gateway = await TestGateway.StartAsync($$"""
            { "Routes": [ {{Discovered("/a")}}, {{Discovered("/b")}} ], "GlobalConfiguration": { "ServiceDiscoveryProvider": { "Type": "Three" } } }
            """, configure: services => services.AddSingleton<IDiscoveryProvider>(new Three([.. _services.Select(s => s.Port)])));

        Assert.Equal("ABCA", await AskAsync(gateway, "/a /b /a /b"));
    }

    private string Route(string path, string options, string more = "") => $$"""
        { "UpstreamPathTemplate": "{{path}}", "DownstreamPathTemplate": "/d", "DownstreamScheme": "http", {{more}} "LoadBalancerOptions": {{options}},
          "DownstreamHostAndPorts": [ {{string.Join(", ", _services.Select(s => $"{{ \"Host\": \"127.0.0.1\", \"Port\": {s.Port} }}"))}} ] }
        """;

    private static string Discovered(string path) => $$"""
        { "UpstreamPathTemplate": "{{path}}", "DownstreamPathTemplate": "/d", "DownstreamScheme": "http", "ServiceName": "svc", "LoadBalancerOptions": { "Type": "RoundRobin" } }
        """;

    private static async Task<string> AskAsync(TestGateway gateway, string requests)
    {
        var served = new List<string>();
        foreach (var asked in requests.Split(' ').Select(r => r.Split('|')))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, asked[0]);
            if (asked.Length > 1) request.Headers.Add("Cookie", asked[1].Contains('=', StringComparison.Ordinal) ? asked[1] : $"sid={asked[1]}");
            using var answer = await gateway.SendAsync(request);
            served.Add(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
        return string.Concat(served);
    }

    private sealed class Three(int[] ports) : IDiscoveryProvider
    {
        public IReadOnlyList<string> Names { get; } = ["Three"];

        public ServiceWatch Compile(DiscoveredService service, ServiceDiscoveryProviderOptions options, RouteSection section) =>
            new(service.ToString(), _ => ListAsync());

        private async IAsyncEnumerable<IReadOnlyList<Destination>> ListAsync()
        {
            await Task.CompletedTask;
            yield return [.. ports.Select(port => new Destination("127.0.0.1", port))];
        }
    }
}
