using Gateway.Tests.Support;

namespace Gateway.Tests.Features.ServiceDiscovery.Consul;

public sealed class ConsulContractTests : DiscoveryProviderContract
{
    private ConsulAgent? _consul;

    protected override string ServiceName => "cart";

    protected override string Provider => _consul!.Json;

    protected override async Task StartAsync() => _consul = await ConsulAgent.StartAsync();

    protected override ValueTask StopAsync() => _consul?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override Task RegisterAsync(string id, int port) => _consul!.RegisterAsync("cart", id, port);

    protected override Task DeregisterAsync(string id) => _consul!.DeregisterAsync(id);

    protected override Task KillAsync() => _consul!.KillAsync();

    protected override Task StartAgainAsync() => _consul!.StartAgainAsync();
}
