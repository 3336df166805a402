namespace Gateway.Configuration;

/// <summary>Everything outside the files that decides what the configuration is. Fixed for the life of the process.</summary>
/// <param name="Path">A file or a folder; null: the working directory.</param>
/// <param name="Environment">The host's environment name, such as <c>Development</c>: selects the overlay.</param>
/// <param name="Variables">The environment variables: overrides such as <c>Routes__0__Key</c>, and the values of <c>${NAME}</c>.</param>
/// <param name="CommandLine">Settings of the command line, their names joined by <c>:</c>, such as <c>Routes:0:Key</c>.</param>
internal sealed record ConfigurationInputs(
    string? Path,
    string Environment,
    IReadOnlyDictionary<string, string> Variables,
    IReadOnlyList<KeyValuePair<string, string>> CommandLine);
