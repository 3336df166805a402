using System.Text;
using System.Text.Json;
using Gateway.Configuration;
using Gateway.Tests.Support;

namespace Gateway.Tests.Contract;

/// <summary>Contract 07 §1, §2 and §5, as 00 amends them, with a real Consul.</summary>
public sealed class C07S2ConsulTests(C07S2ConsulTests.Setup setup) : IClassFixture<C07S2ConsulTests.Setup>
{
    [Theory]
    [InlineData("/own", 200)] // Service.Address; Ocelot takes the node's name, which doesn't resolve
    [InlineData("/none", 200)] // no address: the node's; Ocelot leaves the instance out
    [InlineData("/no-port", 404)]
    [InlineData("/warning", 404)] // passing alone
    [InlineData("/critical", 404)]
    [InlineData("/nobody", 404)] // no instance
    [InlineData("/down", 502)] // an instance that is down
    [InlineData("/polled", 200)] // PollConsul
    [InlineData("/ignored-hosts", 200)] // DownstreamHostAndPorts beside ServiceName
    public async Task Serves_the_instance(string target, int status) => Assert.Equal(status, (await setup.AskAsync(target)).Status);

    [Theory]
    [InlineData(""" "Type": "Consul" """, null)]
    [InlineData(""" "Type": "consul" """, null)]
    [InlineData(""" "Type": "PollConsul" """, null)]
    [InlineData(""" "Host": "localhost" """, null)] // Consul is the default
    [InlineData(""" "Type": "Consule" """, "Did you mean 'Consul'?")] // Ocelot starts, and answers 404
    [InlineData(""" "Type": "Kube" """, "Use Consul, Dns")]
    public async Task Knows_the_provider_or_does_not_start(string provider, string? fix)
    {
        var problems = await ConfigurationCheck.ProblemsAsync($$"""{ "Routes": [ {{TestGateway.Route(1, "/a", "/d")}} ], "GlobalConfiguration": { "ServiceDiscoveryProvider": { {{provider}} } } }""");

        if (fix is null) Assert.DoesNotContain(problems, p => p.Severity == Severity.Error);
        else Assert.Contains(fix, problems.OnlyError().Fix, StringComparison.Ordinal);
    }

    public sealed class Setup : ContractSetup
    {
        private ConsulAgent _consul = null!;

        protected override string Global => $$""" "ServiceDiscoveryProvider": { {{_consul.Json}} } """;

        protected override IEnumerable<string> Routes =>
        [
            .. new[] { "own", "none", "no-port", "warning", "critical", "nobody", "down" }.Select(name => Of($"/{name}", $"\"ServiceName\": \"{name}\"")),
            Of("/polled", $$""" "ServiceName": "own", "ServiceDiscoveryProvider": { "Type": "PollConsul", "Host": "{{ConsulAgent.Host}}", "Port": {{_consul.Port}}, "PollingInterval": 100 } """),
            Of("/ignored-hosts", """ "ServiceName": "own", "DownstreamHostAndPorts": [ { "Host": "127.0.0.1", "Port": 1 } ] """),
        ];

        protected override async ValueTask PrepareAsync()
        {
            _consul = await ConsulAgent.StartAsync();
            await RegisterAsync("own", "127.0.0.1", Service.Port);
            await RegisterAsync("none", "", Service.Port);
            await RegisterAsync("no-port", "127.0.0.1", 0);
            await RegisterAsync("warning", "127.0.0.1", Service.Port, "warning");
            await RegisterAsync("critical", "127.0.0.1", Service.Port, "critical");
            await RegisterAsync("down", "127.0.0.1", 1);
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await _consul.DisposeAsync();
            GC.SuppressFinalize(this);
        }

        private async Task RegisterAsync(string name, string address, int port, string status = "passing")
        {
            using var http = new HttpClient();
            using var body = new StringContent(JsonSerializer.Serialize(
                new { Name = name, Address = address, Port = port, Check = new { TTL = "1h", Status = status } }), Encoding.UTF8, "application/json");
            using var answer = await http.PutAsync(new Uri($"http://{ConsulAgent.Host}:{_consul.Port}/v1/agent/service/register"), body, TestContext.Current.CancellationToken);
            answer.EnsureSuccessStatusCode();
        }

        private static string Of(string path, string more) =>
            $$"""{ "UpstreamPathTemplate": "{{path}}", "DownstreamPathTemplate": "/d", "DownstreamScheme": "http", {{more}} }""";
    }
}
