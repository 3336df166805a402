using Gateway.Configuration;
using Gateway.Tests.Support;

namespace Gateway.Tests.Contract;

/// <summary>Contract 07 §4.1 and 02 §8: services behind the reverse proxy of Service Fabric.</summary>
public sealed class C07S4ServiceFabricTests(C07S4ServiceFabricTests.Setup setup) : IClassFixture<C07S4ServiceFabricTests.Setup>
{
    [Theory]
    [InlineData("/equipments?a=1", "GET /OcelotServiceApplication/OcelotApplicationService/api/values?a=1")]
    [InlineData("/v/v1/x", "GET /Service_v1/Api/x")]
    [InlineData("/a/1.0/x/y?PartitionKind=a&v=2", "GET /Svc_1.0/Api/x/y?PartitionKind=a&v=2")] // also parameters named like placeholders
    [InlineData("POST /a/1.0/x?PartitionKey=%7B1%7D | = body", "POST /Svc_1.0/Api/x?PartitionKey=%7B1%7D")]
    [InlineData("/a/..%2Fx/y", "GET /Svc_..%2Fx/Api/y")]
    [InlineData("/agg/9", "200")]
    public async Task Goes_through_the_reverse_proxy(string row, string expected) => Assert.Equal(expected, await setup.SeenAsync(row));

    [Fact]
    public async Task A_member_of_an_aggregate_goes_there_too() =>
        Assert.Contains("\"two\":\"", (await setup.AskAsync("/agg/9")).Body, StringComparison.Ordinal);

    [Theory]
    [InlineData(""" "ServiceName": "Svc_{nope}" """, "", "Routes[0].ServiceName")]
    [InlineData(""" "ServiceName": "Svc" """, """, "Port": 70000 """, "GlobalConfiguration.ServiceDiscoveryProvider.Port")]
    [InlineData(""" "ServiceName": "Svc" """, """, "Host": "http://fabric" """, "GlobalConfiguration.ServiceDiscoveryProvider.Host")]
    public async Task Refuses_what_leads_nowhere(string service, string provider, string path)
    {
        var problems = await ConfigurationCheck.ProblemsOfRouteAsync(service, $$""" "ServiceDiscoveryProvider": { "Type": "servicefabric" {{provider}} } """);

        Assert.Equal(path, problems.OnlyError().Path);
    }

    [Fact]
    public async Task Is_nothing_for_dynamic_routes()
    {
        var problems = await ConfigurationCheck.ProblemsAsync(
            """{ "DynamicRoutes": [ { "ServiceName": "Svc" } ], "GlobalConfiguration": { "ServiceDiscoveryProvider": { "Type": "ServiceFabric" } } }""");

        Assert.Contains(problems, p => p.Severity == Severity.Error && p.Code == ProblemCodes.Unsupported);
    }

    public sealed class Setup : ContractSetup
    {
        protected override string Global => $$""" "ServiceDiscoveryProvider": { "Type": "ServiceFabric", "Host": "127.0.0.1", "Port": {{Service.Port}} } """;

        protected override string More => """ "Aggregates": [ { "UpstreamPathTemplate": "/agg/{id}", "RouteKeys": [ "one", "two" ] } ], """;

        protected override IEnumerable<string> Routes =>
        [
            Of("/equipments", "/api/values", "OcelotServiceApplication/OcelotApplicationService"),
            Of("/v/{version}/{everything}", "/{everything}", "Service_{version}/Api"),
            Of("/a/{v}/{e}", "/{e}", "Svc_{v}/Api"),
            Of("/one/{id}", "/d/{id}", "One", """, "Key": "one" """),
            Of("/two/{id}", "/d/{id}", "Two_{id}", """, "Key": "two" """),
        ];

        private static string Of(string upstream, string downstream, string service, string more = "") =>
            $$"""{ "UpstreamPathTemplate": "{{upstream}}", "DownstreamPathTemplate": "{{downstream}}", "DownstreamScheme": "http", "ServiceName": "{{service}}"{{more}} }""";
    }
}
