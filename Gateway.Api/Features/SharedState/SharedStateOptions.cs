namespace Gateway.Features.SharedState;

/// <summary>Where several gateways keep what they know together: rate limits and cached answers.</summary>
internal sealed record SharedStateOptions
{
    /// <summary>What it is; required.</summary>
    public SharedStateType? Type { get; init; }

    /// <summary>Where it is: <c>host:port,password=…</c> as StackExchange.Redis reads it. Required; better written as <c>${NAME}</c>.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>What the names of all keys begin with, for gateways that share a server but not their state. Default <c>gateway</c>.</summary>
    public string? KeyPrefix { get; init; }
}

/// <summary>The kinds of shared state.</summary>
internal enum SharedStateType
{
    Redis,
}
