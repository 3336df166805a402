namespace Gateway.Pipeline;

/// <summary>Where a route's destinations come from. Reading it never waits: a list is kept up to date in the background.</summary>
internal interface IDestinationSource
{
    /// <summary>The list as it is now; swapped whole, never changed. Its order is the source's.</summary>
    IReadOnlyList<Destination> Current { get; }

    /// <summary>Completes once the first list, even an empty one, is there. Start and reload wait for it, for a bounded time.</summary>
    Task FirstList { get; }

    /// <summary>What health tells of it.</summary>
    SourceState State { get; }

    /// <summary>Begins to keep the list up to date. Called once the configuration that wants it is found good; further calls do nothing.</summary>
    void Start();
}

/// <summary>How a list of destinations stands.</summary>
/// <param name="Service">The service's name, or the hosts.</param>
/// <param name="Provider">Where the list comes from: <c>Static</c>, <c>Consul</c>.</param>
/// <param name="StaleFor">How long the source hasn't been able to confirm the list; zero while it is current.</param>
/// <param name="Error">Why not, in a few words; null while it is current.</param>
internal sealed record SourceState(string Service, string Provider, int Instances, TimeSpan StaleFor, string? Error);
