using Gateway.Pipeline;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.ServiceDiscovery.Consul;

/// <summary>Against a real agent.</summary>
public sealed class ConsulAgentTests : IDisposable
{
    private readonly ServiceProvider _services = RouteCompilation.Services();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Follows_instances_that_come_and_go()
    {
        await using var consul = await ConsulAgent.StartAsync();
        await consul.RegisterAsync("cart", "c1", 5001);
        using var compiled = Watch(consul.Json);

        await UntilAsync(compiled, "127.0.0.1:5001");
        await consul.RegisterAsync("cart", "c2", 5002);
        await UntilAsync(compiled, "127.0.0.1:5001", "127.0.0.1:5002");
        await consul.DeregisterAsync("c1");
        await UntilAsync(compiled, "127.0.0.1:5002");
        await consul.DeregisterAsync("c2");
        await UntilAsync(compiled);
    }

    [Fact]
    public async Task Gives_an_empty_first_list_for_a_service_that_nobody_has_registered_yet()
    {
        await using var consul = await ConsulAgent.StartAsync();
        using var compiled = Watch(consul.Json);

        await compiled.Source.FirstList.WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
        Assert.Empty(compiled.Source.Current);

        await consul.RegisterAsync("cart", "c1", 5001);
        await UntilAsync(compiled, "127.0.0.1:5001");
    }

    [Theory]
    [InlineData("critical")]
    [InlineData("warning")]
    public async Task Lists_only_instances_whose_checks_all_pass(string status)
    {
        await using var consul = await ConsulAgent.StartAsync();
        await consul.RegisterAsync("cart", "c1", 5001);
        await consul.RegisterAsync("cart", "c2", 5002);
        using var compiled = Watch(consul.Json);
        await UntilAsync(compiled, "127.0.0.1:5001", "127.0.0.1:5002");

        await consul.SetCheckAsync("c1", status);
        await UntilAsync(compiled, "127.0.0.1:5002");

        await consul.SetCheckAsync("c1", "passing");
        await UntilAsync(compiled, "127.0.0.1:5001", "127.0.0.1:5002");
    }

    [Fact]
    public async Task Uses_the_nodes_address_where_the_service_has_none()
    {
        await using var consul = await ConsulAgent.StartAsync();
        await consul.RegisterAsync("cart", "c1", 5001, address: "");
        using var compiled = Watch(consul.Json);

        await UntilAsync(compiled, "127.0.0.1:5001");
    }

    [Fact]
    public async Task Uses_the_nodes_name_where_that_is_asked_for()
    {
        await using var consul = await ConsulAgent.StartAsync();
        await consul.RegisterAsync("cart", "c1", 5001);
        using var compiled = Watch($"{consul.Json}, \"UseNodeName\": true");

        await UntilAsync(compiled, "test:5001");
    }

    [Fact]
    public async Task Lists_only_instances_that_carry_all_tags()
    {
        await using var consul = await ConsulAgent.StartAsync();
        await consul.RegisterAsync("cart", "c1", 5001, tags: ["v1", "blue"]);
        await consul.RegisterAsync("cart", "c2", 5002, tags: ["v2", "blue"]);
        await consul.RegisterAsync("cart", "c3", 5003, tags: ["v2", "green"]);
        using var compiled = Watch($"{consul.Json}, \"Tags\": [ \"v2\", \"blue\" ]");

        await UntilAsync(compiled, "127.0.0.1:5002");
        Assert.Equal(["v2", "blue"], compiled.Source.Current[0].Tags);
    }

    [Fact]
    public async Task Looks_in_the_data_centre_and_near_the_node_it_is_told()
    {
        await using var consul = await ConsulAgent.StartAsync();
        await consul.RegisterAsync("cart", "c1", 5001);
        using var here = Watch($"{consul.Json}, \"Datacenter\": \"dc1\", \"Near\": \"_agent\"");
        using var elsewhere = Watch($"{consul.Json}, \"Datacenter\": \"moon\"");

        await UntilAsync(here, "127.0.0.1:5001");
        await Eventually.TrueAsync(() => elsewhere.Source.State.Error?.Contains("No path to datacenter", StringComparison.Ordinal) ?? false,
            "the refusal");
    }

    [Fact]
    public async Task Says_why_a_namespace_is_refused()
    {
        await using var consul = await ConsulAgent.StartAsync();
        using var compiled = Watch($"{consul.Json}, \"Namespace\": \"shop\"");

        await Eventually.TrueAsync(() => compiled.Source.State.Error is not null, "the refusal");

        Assert.Contains("Consul answered 400", compiled.Source.State.Error, StringComparison.Ordinal);
        Assert.Contains("Enterprise", compiled.Source.State.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_the_last_list_while_Consul_is_away_and_follows_the_new_one_when_it_is_back()
    {
        await using var consul = await ConsulAgent.StartAsync();
        // Many, for a high index, so that the new agent's goes backwards.
        for (var i = 0; i < 20; i++) await consul.RegisterAsync("cart", $"c{i}", 5000 + i);
        using var compiled = Watch(consul.Json);
        await Eventually.TrueAsync(() => compiled.Source.Current.Count == 20, "all instances");

        await consul.KillAsync();
        await Eventually.TrueAsync(() => compiled.Source.State.Error is not null, "Consul's absence");
        Assert.Equal(20, compiled.Source.Current.Count);

        await consul.StartAgainAsync();
        await consul.RegisterAsync("cart", "new", 6000);
        await UntilAsync(compiled, "127.0.0.1:6000");
        Assert.Null(compiled.Source.State.Error);

        await consul.RegisterAsync("cart", "new2", 6001);
        await UntilAsync(compiled, "127.0.0.1:6000", "127.0.0.1:6001");
    }

    [Fact]
    public async Task Shows_its_token()
    {
        await using var consul = await ConsulAgent.StartAsync(token: "7c9c1b3e-0b4b-4f5c-9d5e-0c8f3a9b2d11");
        await consul.RegisterAsync("cart", "c1", 5001);
        using var known = Watch($"{consul.Json}, \"Token\": \"7c9c1b3e-0b4b-4f5c-9d5e-0c8f3a9b2d11\"");
        using var unknown = Watch($"{consul.Json}, \"Token\": \"11111111-0b4b-4f5c-9d5e-0c8f3a9b2d11\"");

        await UntilAsync(known, "127.0.0.1:5001");
        await Eventually.TrueAsync(() => unknown.Source.State.Error?.Contains("403", StringComparison.Ordinal) ?? false, "the refusal");
    }

    private RouteCompilation Watch(string provider)
    {
        var compiled = RouteCompilation.Compile(_services,
            $$"""{ "Routes": [ { "ServiceName": "cart" } ], "GlobalConfiguration": { "ServiceDiscoveryProvider": { {{provider}} } } }""");
        Assert.Empty(compiled.Problems);
        compiled.Source.Start();
        return compiled;
    }

    private static Task UntilAsync(RouteCompilation compiled, params string[] authorities) => Eventually.TrueAsync(
        () => compiled.Source.FirstList.IsCompleted && authorities.Order().SequenceEqual(Authorities(compiled.Source)),
        string.Join(", ", authorities));

    private static IEnumerable<string> Authorities(IDestinationSource source) => source.Current.Select(d => d.Authority).Order();
}
