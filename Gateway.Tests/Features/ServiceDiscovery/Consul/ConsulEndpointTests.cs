using Gateway.Configuration;
using Gateway.Features.ServiceDiscovery;
using Gateway.Features.ServiceDiscovery.Consul;

namespace Gateway.Tests.Features.ServiceDiscovery.Consul;

public sealed class ConsulEndpointTests
{
    private readonly ProblemList _problems = new();

    [Theory]
    [InlineData(null, null, null, null, null, "http://localhost:8500/")]
    [InlineData(null, "consul", null, null, null, "http://consul:8500/")]
    [InlineData("https", "consul", 443, null, null, "https://consul/")]
    [InlineData("HTTP", "consul", 80, null, null, "http://consul/")]
    [InlineData(null, "::1", 1, null, null, "http://[::1]:1/")]
    [InlineData(null, null, 9, null, null, "http://localhost:9/")]
    [InlineData(null, null, 0, "env:1", null, "http://env:1/")]
    [InlineData(null, null, -1, "env:1", null, "http://env:1/")]
    [InlineData(null, null, null, "env", null, "http://env:8500/")]
    [InlineData(null, null, null, "http://env:80", null, "http://env/")]
    [InlineData(null, null, null, "https://env", null, "https://env:8500/")]
    [InlineData(null, null, null, "env:1", "true", "https://env:1/")]
    [InlineData(null, "consul", null, "env:1", null, "http://consul:8500/")]
    [InlineData(null, "consul", null, null, "1", "https://consul:8500/")]
    [InlineData("http", "consul", null, null, "1", "http://consul:8500/")]
    public void Is_what_the_document_says_and_else_what_the_environment_says(
        string? scheme, string? host, int? port, string? variable, string? ssl, string address)
    {
        var endpoint = Compile(new() { Scheme = scheme, Host = host, Port = port }, ("CONSUL_HTTP_ADDR", variable),
            ("CONSUL_HTTP_SSL", ssl));

        Assert.Empty(_problems);
        Assert.Equal(address, endpoint!.Address.ToString());
    }

    [Theory]
    [InlineData("ftp", null, null, null, "Scheme")]
    [InlineData(null, "http://consul", null, null, "Host")]
    [InlineData(null, "consul:8500", null, null, "Host")]
    [InlineData(null, "a b", null, null, "Host")]
    [InlineData(null, null, 70000, null, "Port")]
    [InlineData(null, null, null, "unix:///var/run/consul.sock", "Host")]
    [InlineData(null, null, null, "http://", "Host")]
    public void Is_refused_where_it_can_not_be_asked(string? scheme, string? host, int? port, string? variable, string key)
    {
        Assert.Null(Compile(new() { Scheme = scheme, Host = host, Port = port }, ("CONSUL_HTTP_ADDR", variable)));

        Assert.Equal($"GlobalConfiguration.ServiceDiscoveryProvider.{key}", Assert.Single(_problems).Path);
    }

    [Theory]
    [InlineData("own", "env", "own")]
    [InlineData(null, "env", "env")]
    [InlineData(null, "", null)]
    [InlineData(null, null, null)]
    public void Takes_the_token_from_the_environment_where_none_is_written(string? own, string? variable, string? token) =>
        Assert.Equal(token, Compile(new() { Token = own }, ("CONSUL_HTTP_TOKEN", variable))!.Token);

    [Fact]
    public void Prints_no_secret()
    {
        var endpoint = Compile(new() { Token = "secret" }, ("CONSUL_HTTP_AUTH", "user:pass"));

        Assert.Equal("http://localhost:8500", endpoint!.ToString());
    }

    private ConsulEndpoint? Compile(ServiceDiscoveryProviderOptions options, params (string Name, string? Value)[] environment)
    {
        var section = new GlobalSection(new ObjectNode(default, []), new KeyCatalog([]), _problems);
        var variables = environment.Select(e => new KeyValuePair<string, string?>(e.Name, e.Value));
        return ConsulEndpointCompiler.Compile(options, new ConfigurationBuilder().AddInMemoryCollection(variables).Build(), section);
    }
}
