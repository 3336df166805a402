using System.Net;
using Gateway.Tests.Hosting.Administration;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.ServiceDiscovery.ConsulKv;

/// <summary>A configuration that is posted to one gateway, where Consul keeps it for all.</summary>
public sealed class StoredByAdministrationTests
{
    [Fact]
    public async Task A_configuration_posted_to_one_gateway_is_followed_by_all()
    {
        await using var consul = await ConsulAgent.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var one = await StartAsync(consul, service);
        await using var two = await StartAsync(consul, service);
        var token = await one.TokenAsync();

        using var bad = await one.AdministerAsync(HttpMethod.Post, "/configuration", token, """{ "Routes": [ {} ] }""");
        using var good = await one.AdministerAsync(
            HttpMethod.Post, "/configuration", token, $$"""{ "Routes": [ {{TestGateway.Route(service.Port, "/b", "/d")}} ] }""");
        using var told = await two.AdministerAsync(HttpMethod.Get, "/configuration", token);

        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await one.StatusAsync("/b"));
        await Eventually.TrueAsync(async () => await two.StatusAsync("/b") == HttpStatusCode.OK, "the other gateway serves it too");
        Assert.Equal(HttpStatusCode.NotFound, await two.StatusAsync("/a"));
    }

    [Fact]
    public async Task Nothing_changes_where_Consul_cannot_be_asked()
    {
        await using var consul = await ConsulAgent.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(consul, service);
        var token = await gateway.TokenAsync();
        await consul.KillAsync();

        using var answer = await gateway.AdministerAsync(
            HttpMethod.Post, "/configuration", token, $$"""{ "Routes": [ {{TestGateway.Route(service.Port, "/b", "/d")}} ] }""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("not_written", (await answer.JsonAsync()).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.OK, await gateway.StatusAsync("/a"));
    }

    private static Task<TestGateway> StartAsync(ConsulAgent consul, StubService service) => TestGateway.StartAsync(
        service, "/a", "/d", global: $$""" "ServiceDiscoveryProvider": { {{consul.Json}}, "ConfigurationKey": "gateway/main" } """, settings: AdministrationClient.Settings);
}
