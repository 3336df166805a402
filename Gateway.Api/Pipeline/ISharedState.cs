namespace Gateway.Pipeline;

/// <summary>
/// What several gateways know together. It can be away at any time; every call says so at once and never throws, and its caller goes on with
/// what this gateway knows by itself. Thread-safe.
/// </summary>
internal interface ISharedState
{
    /// <summary>Two states are the same store when their names are equal. Holds no secret.</summary>
    string Name { get; }

    /// <summary>What health tells of it.</summary>
    SharedStateReport Report { get; }

    /// <summary>Completes when the first attempt to connect has ended, well or badly. Start and reload wait for it, for a bounded time.</summary>
    Task FirstAttempt { get; }

    /// <summary>Begins to connect. Called once the configuration that wants it is found good; further calls do nothing.</summary>
    void Start();

    /// <summary>Runs a script in one step, as far as anybody else can tell.</summary>
    /// <param name="script">Lua; what it keeps stands under <c>KEYS[1]</c>, its arguments are numbers, and so is what it returns.</param>
    /// <returns>Null while the state is away.</returns>
    ValueTask<long[]?> RunAsync(string script, string key, params long[] arguments);

    /// <summary>Reads values that were kept, in one step. Keys that belong together have one part in braces in common.</summary>
    /// <returns>Null while the state is away; else a value for each key, null for what isn't there.</returns>
    ValueTask<byte[]?[]?> ReadAsync(params string[] keys);

    /// <summary>Keeps a value for a while.</summary>
    /// <returns>False while the state is away.</returns>
    ValueTask<bool> KeepAsync(string key, byte[] value, TimeSpan lifetime);

    /// <summary>Counts up from nothing, and never forgets.</summary>
    /// <returns>Null while the state is away.</returns>
    ValueTask<long?> IncrementAsync(string key);
}

/// <summary>How the shared state stands.</summary>
/// <param name="Type">Where it is: <c>Redis</c>.</param>
/// <param name="IsUp">Whether it answers.</param>
/// <param name="AwayFor">How long it hasn't; zero while it does.</param>
/// <param name="Error">Why not, in a few words; null while it does.</param>
internal sealed record SharedStateReport(string Type, bool IsUp, TimeSpan AwayFor, string? Error);
