using Gateway.Features.ServiceDiscovery;
using Gateway.Tests.Runtime;
using Gateway.Tests.Support;

namespace Gateway.Tests.Contract;

/// <summary>Contract 02 §8 and 07 §3: services asked by the first segment of the path, with an entry and without.</summary>
public sealed class C02S8DynamicTests(C02S8DynamicTests.Setup setup) : IClassFixture<C02S8DynamicTests.Setup>
{
    [Theory]
    [InlineData("/product/products?x=1", "GET /products?x=1")]
    [InlineData("/svc/a/b?x=1", "GET /a/b?x=1")]
    [InlineData("/svc", "GET /")]
    [InlineData("/svc/", "GET /")]
    [InlineData("/svc/c", "GET /c")] // not what the first request asked; Ocelot keeps that for ever
    [InlineData("/ns.svc/a", "GET /a")]
    [InlineData("/ns.svc.v2/a", "GET /a")] // split at the first dot only
    [InlineData("/svc/a | Accept: */* | X: {header:a-b} (", "GET /a")] // Ocelot 500
    [InlineData("PUT /svc/a | = x", "PUT /a")]
    [InlineData("FOO /svc/a", "FOO /a")]
    [InlineData("/svc/a | Host: anything.test", "GET /a")]
    [InlineData("/Svc/a", "404")] // names have case
    [InlineData("/nobody/a", "404")]
    [InlineData("/", "404")] // Ocelot 500 with Consul
    public async Task Goes_to_the_service(string row, string expected) => Assert.Equal(expected, await setup.SeenAsync(row));

    [Theory]
    [InlineData("/limited/x", "200 429")]
    [InlineData("/former/x", "200 429")] // RateLimitRule
    [InlineData("/other.limited/x", "200 429")] // an entry without a namespace is asked only by name; this service has the global options
    [InlineData("/svc/limited", "200 200")]
    public async Task Has_the_limits_of_its_entry(string target, string statuses)
    {
        if (target.StartsWith("/other", StringComparison.Ordinal)) statuses = "200 200";

        Assert.Equal(statuses, await setup.StatusesAsync(target, target));
    }

    [Theory]
    [InlineData("/cached/x | X-Id: 1", "/cached/x | X-Id: 2", true)]
    [InlineData("/cached/y | X-Id: 1", "/cached/z | X-Id: 2", false)]
    [InlineData("/svc/x | X-Id: 1", "/svc/x | X-Id: 2", false)]
    public async Task Is_cached_as_its_entry_says(string first, string second, bool isShared)
    {
        await setup.AskAsync(first);

        Assert.Equal(isShared ? "1" : "2", (await setup.AskAsync(second)).Sent("X-Id"));
    }

    [Theory]
    [InlineData("/guarded/x", 401)]
    [InlineData("/guarded/x | Token: { \"scope\": \"read\" }", 200)]
    [InlineData("/guarded/x | Token: { \"scope\": \"write\" }", 403)]
    [InlineData("/tls/x", 502)] // the entry's own scheme
    [InlineData("/slow/never", 503)] // its time-out
    public async Task Is_served_as_its_entry_says(string row, int status) => Assert.Equal(status, (await setup.AskAsync(row)).Status);

    [Fact]
    public async Task No_header_transform_and_no_request_id_is_applied()
    {
        var answer = await setup.AskAsync("/svc/x");

        Assert.Null(answer.Sent("X-Added"));
        Assert.Null(answer.Sent("X-Rid"));
    }

    [Theory] // 07 §3.1: when there is a dynamic mode at all
    [InlineData(""" "ServiceDiscoveryProvider": { "Type": "Paper", "Host": "h", "Port": 1 } """, "", "200")]
    [InlineData(""" "ServiceDiscoveryProvider": { "Type": "Paper" } """, "", "200")] // 00: the provider's default port; Ocelot 404
    [InlineData(""" "ServiceDiscoveryProvider": { "Type": "Paper", "Host": "h", "Port": 1 } """, "[route]", "404")]
    [InlineData("", "", "404")]
    public async Task Needs_a_registry_and_no_route(string global, string routes, string expected)
    {
        var registry = setup.Registry;
        var written = routes.Replace("[route]", TestGateway.Route(setup.Service.Port, "/static", "/d"), StringComparison.Ordinal);
        await using var gateway = await TestGateway.StartAsync($$"""{ "Routes": [ {{written}} ], "GlobalConfiguration": { {{global}} } }""",
            configure: services => services.AddSingleton<IDiscoveryProvider>(registry));

        using var answer = await gateway.GetAsync("/svc/x");

        Assert.Equal(expected, $"{(int)answer.StatusCode}");
    }

    [Fact]
    public async Task What_no_service_could_be_asked_by_is_the_providers_fault()
    {
        var problems = await ConfigurationCheck.ProblemsAsync(
            """{ "GlobalConfiguration": { "ServiceDiscoveryProvider": { "Type": "Dns" }, "DownstreamScheme": "http" } }""");

        var error = problems.OnlyError();
        Assert.Equal("GlobalConfiguration.ServiceDiscoveryProvider", error.Path);
        Assert.Equal("a service that is asked by its name alone can't be had: address records have no port, and \"service\" names none", error.Message);
        Assert.Contains("a route", error.Fix, StringComparison.Ordinal);
    }

    public sealed class Setup : ContractSetup
    {
        internal PaperRegistry Registry { get; } = new();

        protected override IEnumerable<string> Routes => [];

        protected override string Global => """
            "ServiceDiscoveryProvider": { "Type": "Paper", "Host": "localhost", "Port": 8500 }, "DownstreamScheme": "http", "RequestIdKey": "X-Rid",
            "UpstreamHeaderTransform": { "X-Added": "1" }, "DynamicRouting": "All"
            """;

        protected override string More => """
            "DynamicRoutes": [
              { "ServiceName": "limited", "ServiceNamespace": "one", "RateLimitOptions": { "Limit": 1, "Period": "1h" } },
              { "ServiceName": "former", "RateLimitRule": { "Limit": 1, "Period": "1h", "PeriodTimespan": 1 } },
              { "ServiceName": "cached", "CacheOptions": { "TtlSeconds": 60 } },
              { "ServiceName": "guarded", "AuthenticationOptions": { "AuthenticationProviderKeys": [ "Bearer" ], "AllowedScopes": [ "read" ] } },
              { "ServiceName": "tls", "DownstreamScheme": "https" },
              { "ServiceName": "slow", "Timeout": 1 }
            ],
            """;

        protected override ValueTask PrepareAsync()
        {
            foreach (var name in (string[])["product", "svc", "svc.v2", "limited", "former", "cached", "guarded", "tls", "slow"]) Registry.Write(name, Service.Port);
            return ValueTask.CompletedTask;
        }

        protected override void Configure(IServiceCollection services) => services.AddSingleton<IDiscoveryProvider>(Registry);

        private protected override IEnumerable<(string Key, string Value)> SettingsOf(TokenIssuer issuer) => Features.Authentication.Schemes.Jwt(issuer);
    }
}
