using System.Text.Json;
using Gateway.Tests.Configuration;

namespace Gateway.Tests.Commands;

public sealed class LintTests : IDisposable
{
    private const string Host = """ "DownstreamScheme": "http", "DownstreamHostAndPorts": [ { "Host": "a.example", "Port": 80 } ] """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string, string, string> Doubtful => new()
    {
        // routes, code, path, words of the message, words of the fix
        { Route("/a/{x}", "/a/{x}") + Route("/a/b", "/b"), "unreachable", "Routes[1].UpstreamPathTemplate", "GET /a/b goes to Routes[0]", "before Routes[0]" },
        { Route("/a/{x}", "/a/{x}", "\"UpstreamHttpMethod\": [\"Get\"]") + Route("/a/{y}/c", "/{y}", "\"UpstreamHttpMethod\": [\"Get\"]"), "unreachable", "Routes[1].UpstreamPathTemplate", "Routes[0]", "Priority" },
        { Route("/a/{x}", "/a"), "unused_placeholder", "Routes[0].UpstreamPathTemplate", "'{x}'", "DownstreamPathTemplate" },
        { Route("/a/{x}/{y}", "/{y}"), "unused_placeholder", "Routes[0].UpstreamPathTemplate", "'{x}'", "'{x}'" },
        { Bare("/a", "\"DownstreamScheme\": \"https\", \"DownstreamHostAndPorts\": [ { \"Host\": \"a.example\", \"Port\": 80 } ]"), "scheme_port", "Routes[0].DownstreamHostAndPorts[0].Port", "80", "443" },
        { Bare("/a", "\"DownstreamScheme\": \"http\", \"DownstreamHostAndPorts\": [ { \"Host\": \"a.example\", \"Port\": 443 } ]"), "scheme_port", "Routes[0].DownstreamHostAndPorts[0].Port", "443", "port 80" },
        { Bare("/a", "\"DownstreamScheme\": \"http\", \"DownstreamHostAndPorts\": [ { \"Host\": \"localhost\", \"Port\": 8080 } ]"), "loop", "Routes[0].DownstreamHostAndPorts[0]", "the gateway itself", "port of the service" },
        { Bare("/a", "\"DownstreamScheme\": \"http\", \"DownstreamHostAndPorts\": [ { \"Host\": \"cart\", \"Port\": 81 } ]") + Bare("/b", "\"DownstreamScheme\": \"http\", \"DownstreamHostAndPorts\": [ { \"Host\": \"127.0.0.1\", \"Port\": 81 } ]"), "localhost", "Routes[1].DownstreamHostAndPorts[0].Host", "own container", "service's container" },
        { Route("/a", "/a", "\"Timeout\": 30000"), "unit", "Routes[0].Timeout", "milliseconds", "Write 30" },
        { Route("/a", "/a", "\"UpstreamHttpMethod\": [ \"Get\", \"Pots\" ]"), "unknown_verb", "Routes[0].UpstreamHttpMethod[1]", "Pots", "POST" },
    };

    [Theory]
    [MemberData(nameof(Doubtful))]
    public async Task Warns_of_what_is_probably_not_meant(string routes, string code, string path, string message, string fix)
    {
        var found = await CheckAsync(routes);

        var problem = Assert.Single(found, p => p.Code == code);
        Assert.Equal(("warning", path), (problem.Severity, problem.Path));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
    }

    public static TheoryData<string> Fine => new()
    {
        Route("/a/b", "/b") + Route("/a/{x}", "/a/{x}"),
        Route("/a/{x}", "/a/{x}", "\"UpstreamHttpMethod\": [\"Get\"]") + Route("/a/b", "/b", "\"UpstreamHttpMethod\": [\"Post\"]"),
        Route("/a/{x}", "/a/{x}", "\"UpstreamHost\": \"a.com\"") + Route("/a/b", "/b"),
        Route("/a/{x}", "/a/{x}") + Route("/a/b", "/b", "\"Priority\": 2"),
        Route("/a", "/a", "\"UpstreamHttpMethod\": [ \"BREW\" ]"),
        Route("/a", "/a", "\"Timeout\": 90"),
        Bare("/a", "\"DownstreamScheme\": \"http\", \"DownstreamHostAndPorts\": [ { \"Host\": \"localhost\", \"Port\": 5001 } ]"),
    };

    [Theory]
    [MemberData(nameof(Fine))]
    public async Task Says_nothing_of_what_is_fine(string routes) => Assert.Empty(await CheckAsync(routes));

    [Fact]
    public async Task Asks_for_hosts_only_when_told_to()
    {
        var routes = Bare("/a", "\"DownstreamScheme\": \"http\", \"DownstreamHostAndPorts\": [ { \"Host\": \"no-such-host.invalid\", \"Port\": 80 } ]");

        Assert.Empty(await CheckAsync(routes));
        Assert.Equal("unknown_host", Assert.Single(await CheckAsync(routes, "--resolve")).Code);
    }

    [Fact]
    public async Task Knows_the_gateways_own_addresses_from_its_settings()
    {
        _folder.Write("appsettings.json", """{ "Urls": "http://0.0.0.0:5055" }""");

        var found = await CheckAsync(Bare("/a", "\"DownstreamScheme\": \"http\", \"DownstreamHostAndPorts\": [ { \"Host\": \"127.0.0.1\", \"Port\": 5055 } ]"));

        Assert.Equal("loop", Assert.Single(found).Code);
    }

    private async Task<Found[]> CheckAsync(string routes, params string[] options)
    {
        var file = _folder.Write("ocelot.json", $"{{ \"Routes\": [ {routes} ] }}");
        var result = await Cli.RunAsync(["check", file, "--environment", "Production", "--format", "json", .. options]);
        return [.. JsonDocument.Parse(result.Output).RootElement.GetProperty("problems").EnumerateArray().Select(p => new Found(
            p.GetProperty("code").GetString()!, p.GetProperty("severity").GetString()!, p.GetProperty("path").GetString()!,
            p.GetProperty("message").GetString()!, p.GetProperty("fix").GetString()!))];
    }

    private static string Route(string upstream, string downstream, string more = "") =>
        $$"""{ "UpstreamPathTemplate": "{{upstream}}", "DownstreamPathTemplate": "{{downstream}}", {{Host}}{{(more.Length > 0 ? ", " : "")}}{{more}} },""" + "\n";

    private static string Bare(string path, string more) => $$"""{ "UpstreamPathTemplate": "{{path}}", "DownstreamPathTemplate": "/a", {{more}} },""" + "\n";

    private sealed record Found(string Code, string Severity, string Path, string Message, string Fix);
}
