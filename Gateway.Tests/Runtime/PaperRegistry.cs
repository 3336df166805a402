using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Gateway.Configuration;
using Gateway.Features.ServiceDiscovery;
using Gateway.Pipeline;

namespace Gateway.Tests.Runtime;

/// <summary>A registry that the test writes: each service has one instance on the loopback interface.</summary>
internal sealed class PaperRegistry : IDiscoveryProvider
{
    private readonly ConcurrentDictionary<string, int> _ports = new();
    private int _watched;

    public IReadOnlyList<string> Names { get; } = ["Paper"];

    /// <summary>How many services are watched at this moment.</summary>
    public int Watched => Volatile.Read(ref _watched);

    /// <summary>Every service that was asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public void Write(string service, int port) => _ports[service] = port;

    public ServiceWatch Compile(DiscoveredService service, ServiceDiscoveryProviderOptions options, RouteSection section) =>
        new(service.ToString(), stopping => WatchAsync(service, stopping));

    private async IAsyncEnumerable<IReadOnlyList<Destination>> WatchAsync(DiscoveredService service, [EnumeratorCancellation] CancellationToken stopping)
    {
        Interlocked.Increment(ref _watched);
        Asked.Enqueue(service.ToString());
        try
        {
            yield return _ports.TryGetValue(service.Name, out var port) ? [new Destination("127.0.0.1", port)] : [];
            await new TaskCompletionSource().Task.WaitAsync(stopping);
        }
        finally
        {
            Interlocked.Decrement(ref _watched);
        }
    }
}
