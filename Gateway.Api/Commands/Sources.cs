using System.Collections;
using Gateway.Configuration;

namespace Gateway.Commands;

/// <summary>Where a command's configuration comes from; the same for all of them, so that <c>check</c> sees what <c>run</c> will.</summary>
internal static class Sources
{
    private static readonly string[] HostPrefixes = ["DOTNET_", "ASPNETCORE_"];

    /// <param name="settings">Settings of the command line, as ASP.NET Core takes them.</param>
    public static OcelotFiles Files(string? path, string environment, string[] settings)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(v => (string)v.Key, v => (string?)v.Value ?? "", StringComparer.Ordinal);
        var commandLine = new ConfigurationBuilder().AddCommandLine(settings).Build().AsEnumerable()
            .Where(s => s.Value is not null).Select(s => KeyValuePair.Create(s.Key, s.Value!));
        return new OcelotFiles(new ConfigurationInputs(path, environment, variables, [.. commandLine]), TimeProvider.System);
    }

    /// <summary>
    /// Adds what stands beside and in <c>ocelot.json</c> to the host's own configuration: <c>appsettings.json</c> in its folder, and its
    /// sections such as <c>Kestrel</c>. The environment and the command line win over both, as they do over the routes.
    /// </summary>
    public static void AddHostSettings(
        ConfigurationManager configuration, string? path, string environment, LoadedDocument? loaded, string[] settings)
    {
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(path);
        if (!string.IsNullOrEmpty(folder))
        {
            configuration.AddJsonFile(Path.GetFullPath(Path.Combine(folder, "appsettings.json")), optional: true);
            configuration.AddJsonFile(Path.GetFullPath(Path.Combine(folder, $"appsettings.{environment}.json")), optional: true);
        }
        configuration.AddInMemoryCollection(loaded?.HostSettings ?? []);
        foreach (var prefix in HostPrefixes) configuration.AddEnvironmentVariables(prefix);
        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine(settings);
    }
}
