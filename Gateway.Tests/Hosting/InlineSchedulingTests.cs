using Gateway.Features.DelegatingHandlers;
using Gateway.Hosting;
using Gateway.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Hosting;

/// <summary>Requests run on the network's threads only while no class of the host's own can block them, unless the host says so.</summary>
public sealed class InlineSchedulingTests
{
    [Theory]
    [InlineData(null, false, true)]
    [InlineData("auto", false, true)]
    [InlineData(null, true, false)]
    [InlineData("auto", true, false)]
    [InlineData("true", true, true)]
    [InlineData("false", false, false)]
    public async Task Follows_the_setting_or_else_what_the_host_has_registered(string? setting, bool hasHandler, bool isInline)
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            settings: setting is null ? [] : [(InlineScheduling.Setting, setting)],
            configure: services =>
            {
                if (hasHandler) services.AddDelegatingHandler<OwnHandler>();
            });

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(isInline, gateway.Services.GetRequiredService<IOptions<SocketTransportOptions>>().Value.UnsafePreferInlineScheduling);
        Assert.True(answer.IsSuccessStatusCode);
    }

    private sealed class OwnHandler : DelegatingHandler;
}
