using Gateway.Configuration;
using Gateway.Features.ServiceDiscovery;
using Gateway.Pipeline;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.ServiceDiscovery;

public sealed class ServiceDiscoveryFeatureTests : IDisposable
{
    private readonly ServiceProvider _services = RouteCompilation.Services(configure: s => s.AddDiscoveryProvider<PaperProvider>());

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData("Consul", "Consul")]
    [InlineData("consul", "Consul")]
    [InlineData("PollConsul", "Consul")]
    [InlineData("pollconsul", "Consul")]
    [InlineData("", "Consul")]
    [InlineData("PAPER", "Paper")]
    public void Finds_the_provider_by_name_in_any_case(string type, string provider)
    {
        using var compiled = Compile("""{ "ServiceName": "cart" }""", $$""" "Type": "{{type}}" """);

        Assert.Empty(compiled.Problems);
        Assert.Equal(provider, compiled.Source.State.Provider);
        Assert.Equal("cart", compiled.Source.State.Service);
    }

    [Fact]
    public void Asks_Consul_where_no_provider_is_written()
    {
        using var compiled = RouteCompilation.Compile(_services, """{ "Routes": [ { "ServiceName": "cart" } ] }""");

        Assert.Empty(compiled.Problems);
        Assert.Equal("Consul", compiled.Source.State.Provider);
    }

    [Fact]
    public void Refuses_an_unknown_provider_and_says_what_was_meant()
    {
        using var compiled = Compile("""{ "ServiceName": "cart" }""", """ "Type": "Consule" """);

        var problem = Assert.Single(compiled.Errors);
        Assert.Equal("GlobalConfiguration.ServiceDiscoveryProvider.Type", problem.Path);
        Assert.Contains("Did you mean 'Consul'", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_unknown_provider_even_where_no_route_uses_it()
    {
        using var compiled = Compile("""{ "DownstreamHostAndPorts": [ { "Host": "a", "Port": 1 } ] }""", """ "Type": "Zookeeper" """);

        Assert.Contains("Consul, Dns, Paper, PollConsul", Assert.Single(compiled.Errors).Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kube")]
    [InlineData("eureka")]
    [InlineData("WatchKube")]
    public void Says_which_of_Ocelots_providers_it_does_not_offer(string type)
    {
        using var compiled = Compile("""{ "ServiceName": "cart" }""", $$""" "Type": "{{type}}" """);

        var problem = Assert.Single(compiled.Errors);
        Assert.Equal(ProblemCodes.Unsupported, problem.Code);
        Assert.Contains("Consul, Dns", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Warns_of_hosts_beside_a_service_and_uses_the_service()
    {
        using var compiled = Compile("""{ "ServiceName": "cart", "DownstreamHostAndPorts": [ { "Host": "", "Port": 1 } ] }""",
            """ "Type": "Paper" """);

        Assert.Equal("conflict", Assert.Single(compiled.Problems).Code);
        Assert.Empty(compiled.Errors);
        Assert.Equal("Paper", compiled.Source.State.Provider);
    }

    [Fact]
    public void Refuses_a_dynamic_route_without_a_service()
    {
        using var compiled = RouteCompilation.Compile(_services, """{ "DynamicRoutes": [ { "Key": "x" } ] }""");

        Assert.Equal("DynamicRoutes[0].ServiceName", Assert.Single(compiled.Errors).Path);
    }

    [Fact]
    public void Leaves_aggregates_alone()
    {
        using var compiled = RouteCompilation.Compile(_services, """{ "Aggregates": [ { } ] }""");

        Assert.Empty(compiled.Errors);
        Assert.Null(compiled.Routes[0].Source);
        Assert.Null(compiled.Routes[0].Balancer);
    }

    [Fact]
    public void Shares_one_source_among_the_routes_to_a_service_and_over_reloads()
    {
        const string Routes = """
            { "Key": "a", "ServiceName": "cart" },
            { "Key": "b", "ServiceName": "cart" },
            { "Key": "c", "ServiceName": "pay" }
            """;
        using var before = Compile(Routes, """ "Type": "Paper" """);
        using var after = Compile(Routes, """ "Type": "Paper" """);
        using var changed = Compile(Routes, """ "Type": "Paper", "Host": "elsewhere" """);

        Assert.Same(before.Routes[0].Source, before.Routes[1].Source);
        Assert.NotSame(before.Routes[0].Source, before.Routes[2].Source);
        Assert.Same(before.Source, after.Source);
        Assert.NotSame(before.Source, changed.Source);
    }

    [Fact]
    public void Tells_services_of_one_name_in_two_namespaces_apart()
    {
        using var compiled = Compile(
            """{ "ServiceName": "cart", "ServiceNamespace": "blue" }, { "ServiceName": "cart", "ServiceNamespace": "green" }""",
            """ "Type": "Paper" """);

        Assert.Equal(["blue.cart", "green.cart"], compiled.Routes.Select(r => r.Source!.State.Service));
    }

    [Fact]
    public void Completes_the_global_provider_with_a_routes_own_fields()
    {
        var own = """{ "ServiceName": "cart", "ServiceDiscoveryProvider": { "Namespace": "n" } }""";
        using var compiled = Compile(own, """ "Type": "Paper", "Host": "h" """);

        Assert.Equal("h n", PaperProvider.TextOf(compiled.Source));
    }

    [Fact]
    public void Takes_nothing_of_the_global_provider_where_a_route_names_another()
    {
        var own = """{ "ServiceName": "cart", "ServiceDiscoveryProvider": { "Type": "Paper", "Namespace": "n" } }""";
        using var compiled = Compile(own, """ "Type": "Consul", "Host": "h" """);

        Assert.Equal(" n", PaperProvider.TextOf(compiled.Source));
    }

    [Fact]
    public void Refuses_two_providers_of_one_name()
    {
        using var services = RouteCompilation.Services(
            configure: s => s.AddDiscoveryProvider<PaperProvider>().AddDiscoveryProvider<PaperProvider>());

        Assert.Throws<ArgumentException>(services.GetRequiredService<ServiceDiscoveryFeature>);
    }

    private RouteCompilation Compile(string routes, string provider) => RouteCompilation.Compile(_services,
        $$"""{ "Routes": [ {{routes}} ], "GlobalConfiguration": { "ServiceDiscoveryProvider": { {{provider}} } } }""");

    /// <summary>A registry that lists one instance, whose host says how it was asked.</summary>
    internal sealed class PaperProvider : IDiscoveryProvider
    {
        public IReadOnlyList<string> Names => ["Paper"];

        public ServiceWatch? Compile(DiscoveredService service, ServiceDiscoveryProviderOptions options, RouteSection section)
        {
            var text = $"{options.Host} {options.Namespace}";
            return new ServiceWatch(text, _ => ListsAsync(text));
        }

        public static string TextOf(IDestinationSource source)
        {
            source.Start();
            Assert.True(source.FirstList.Wait(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken));
            return source.Current[0].Host;
        }

        private static async IAsyncEnumerable<IReadOnlyList<Destination>> ListsAsync(string text)
        {
            await Task.Yield();
            yield return [new Destination(text, 80)];
        }
    }
}
