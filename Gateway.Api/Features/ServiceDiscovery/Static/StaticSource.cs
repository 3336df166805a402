using Gateway.Pipeline;

namespace Gateway.Features.ServiceDiscovery.Static;

/// <summary>The hosts that a route writes out; they never change.</summary>
internal sealed class StaticSource(IReadOnlyList<Destination> destinations) : IDestinationSource
{
    private readonly SourceState _state = new(string.Join(",", destinations), "Static", destinations.Count, TimeSpan.Zero, Error: null);

    public IReadOnlyList<Destination> Current { get; } = destinations;

    public Task FirstList => Task.CompletedTask;

    public SourceState State => _state;

    public void Start()
    {
    }
}
