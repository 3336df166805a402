namespace Gateway.Configuration;

/// <summary>Keys in <c>ocelot.json</c> that aren't the gateway's own (contract 00).</summary>
internal static class HostSections
{
    private static readonly HashSet<string> Host = new(StringComparer.OrdinalIgnoreCase)
    {
        "Logging", "Kestrel", "AllowedHosts", "Urls", "ConnectionStrings", "Authentication", "NLog", "Serilog", "Management", "BaseUrl",
    };

    private static readonly HashSet<string> ThirdParty = new(StringComparer.OrdinalIgnoreCase)
    {
        "SwaggerKey", "SwaggerEndPoints", "VirtualDirectory", "ParametersMap", "Description",
    };

    /// <summary>Sections that go to the host's configuration when they stand at the root of the file.</summary>
    public static bool IsHost(string name) => Host.Contains(name);

    /// <summary>Keys of widespread additions to Ocelot, accepted and left to them.</summary>
    public static bool IsThirdParty(string name) => ThirdParty.Contains(name);
}
