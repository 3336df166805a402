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

    /// <summary>The names of <see cref="IsHost"/>.</summary>
    public static IEnumerable<string> Names => Host;

    /// <summary>Sections that go to the host's configuration when they stand at the root of the file.</summary>
    public static bool IsHost(string name) => Host.Contains(name);

    /// <summary>Keys of widespread additions to Ocelot, accepted and left to them.</summary>
    public static bool IsThirdParty(string name) => ThirdParty.Contains(name);

    /// <summary>The host's sections of the document as settings: <c>Kestrel:Limits:MaxRequestBodySize</c> and its value.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> Settings(ObjectNode root)
    {
        var settings = new List<KeyValuePair<string, string?>>();
        foreach (var member in root.Members.Where(m => IsHost(m.Name))) Flatten(member.Value, member.Name, settings);
        return settings;
    }

    /// <summary>Where a setting of the host stands in the document: its value, or the nearest name above it that is written.</summary>
    /// <param name="path">As ASP.NET Core spells it: <c>Authentication:Schemes:Shop:Authority</c>.</param>
    public static Origin PlaceOf(ObjectNode root, string path)
    {
        // The host's configuration has many sources and doesn't tell lines.
        var origin = new Origin("host configuration", 0, 0);
        DocumentNode? node = root;
        foreach (var name in path.Split(':'))
        {
            if ((node as ObjectNode)?.Find(name) is not { } member) break;
            origin = member.Value is ScalarNode ? member.Value.Origin : member.NameOrigin;
            node = member.Value;
        }
        return origin;
    }

    private static void Flatten(DocumentNode node, string name, List<KeyValuePair<string, string?>> settings)
    {
        switch (node)
        {
            case ObjectNode map:
                foreach (var member in map.Members) Flatten(member.Value, $"{name}:{member.Name}", settings);
                break;
            case ArrayNode array:
                for (var i = 0; i < array.Items.Count; i++) Flatten(array.Items[i], $"{name}:{i}", settings);
                break;
            case ScalarNode scalar:
                settings.Add(new(name, scalar.Scalar == ScalarKind.Null ? null : scalar.Text));
                break;
        }
    }
}
