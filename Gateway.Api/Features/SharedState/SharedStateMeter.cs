using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Gateway.Pipeline;

namespace Gateway.Features.SharedState;

/// <summary>The measure of the shared state: <c>gateway.shared_state.up</c>, 1 while it answers, else 0.</summary>
internal sealed class SharedStateMeter
{
    private readonly ConcurrentDictionary<ISharedState, byte> _states = new();

    public SharedStateMeter(IMeterFactory meters) =>
        meters.Create("Gateway").CreateObservableGauge(
            "gateway.shared_state.up",
            () => _states.Keys.Select(s => s.Report).Select(r => new Measurement<int>(r.IsUp ? 1 : 0, new KeyValuePair<string, object?>("type", r.Type))),
            description: "Whether the state that gateways share answers: 1, or 0 while this gateway goes on by itself");

    public void Add(ISharedState state) => _states.TryAdd(state, 0);

    public void Remove(ISharedState state) => _states.TryRemove(state, out _);
}
