using Gateway.Forwarding;
using Gateway.Tests.Support;

namespace Gateway.Tests.Forwarding;

/// <summary>What must hold whichever way a request takes: each class below runs once for each lane.</summary>
public abstract class LaneTests(Lane lane)
{
    private protected static CancellationToken Stopping => TestContext.Current.CancellationToken;

    private protected Task<TestGateway> StartAsync(
        int port, string upstream, string downstream, string more = "", string global = "", IEnumerable<(string Key, string Value)>? settings = null) =>
        TestGateway.StartAsync(port, upstream, downstream, more, global, WithLane(settings));

    private protected Task<TestGateway> StartAsync(
        StubService service, string upstream, string downstream, string more = "", string global = "",
        IEnumerable<(string Key, string Value)>? settings = null) =>
        TestGateway.StartAsync(service.Port, upstream, downstream, more, global, WithLane(settings));

    private protected Task<TestGateway> StartAsync(string json, IEnumerable<(string Key, string Value)>? settings = null) =>
        TestGateway.StartAsync(json, WithLane(settings));

    private IEnumerable<(string Key, string Value)> WithLane(IEnumerable<(string Key, string Value)>? settings) => [.. settings ?? [], Setting(lane)];

    private protected static (string Key, string Value) Setting(Lane lane) => (ForwardingEngine.FastLaneSetting, lane == Lane.Fast ? "true" : "false");
}
