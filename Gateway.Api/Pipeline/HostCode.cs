namespace Gateway.Pipeline;

/// <summary>
/// Says that a class of the host's own runs within requests: a delegating handler, an aggregator. Nobody knows whether such a class blocks the
/// thread that runs it.
/// </summary>
/// <param name="Name">The class.</param>
internal sealed record HostCode(string Name);
