using Gateway.Tests.Support;

namespace Gateway.Tests.Features.ServiceDiscovery.Dns;

/// <summary>With the name server that a Consul agent brings.</summary>
public sealed class DnsContractTests : DiscoveryProviderContract
{
    private ConsulAgent? _consul;

    protected override string ServiceName => "_cart._tcp.service.consul";

    protected override string Provider =>
        $$""" "Type": "Dns", "Host": "{{ConsulAgent.Host}}", "Port": {{_consul!.DnsPort}}, "PollingInterval": 50 """;

    protected override async Task StartAsync() => _consul = await ConsulAgent.StartAsync();

    protected override ValueTask StopAsync() => _consul?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override Task RegisterAsync(string id, int port) => _consul!.RegisterAsync("cart", id, port, tags: "tcp");

    protected override Task DeregisterAsync(string id) => _consul!.DeregisterAsync(id);

    protected override Task KillAsync() => _consul!.KillAsync();

    protected override Task StartAgainAsync() => _consul!.StartAgainAsync();
}
