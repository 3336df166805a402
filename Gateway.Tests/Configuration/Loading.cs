using Gateway.Configuration;

namespace Gateway.Tests.Configuration;

/// <summary>Loads the files of a folder under given circumstances.</summary>
internal static class Loading
{
    public static OcelotFiles Files(
        string path, string environment = "Production", (string Name, string Value)[]? variables = null, (string Name, string Value)[]? commandLine = null) =>
        new(new ConfigurationInputs(path, environment,
            (variables ?? []).ToDictionary(v => v.Name, v => v.Value), [.. (commandLine ?? []).Select(v => KeyValuePair.Create(v.Name, v.Value))]), TimeProvider.System);

    /// <summary>Loads a single ocelot.json, and fails the test on a problem.</summary>
    public static LoadedDocument Good(OcelotFiles files)
    {
        var problems = new ProblemList();
        var loaded = files.Load(problems);
        Assert.Empty(problems);
        return loaded!;
    }

    /// <summary>Loads what must not load cleanly.</summary>
    public static Problem[] Problems(OcelotFiles files)
    {
        var problems = new ProblemList();
        files.Load(problems);
        return [.. problems];
    }

    /// <summary>The value at a path such as <c>Routes.0.Timeout</c>, as JSON; null where nothing stands.</summary>
    public static string? At(this LoadedDocument loaded, string path)
    {
        DocumentNode? node = loaded.Root;
        foreach (var part in path.Split('.'))
            node = node is ArrayNode array ? array.Items.ElementAtOrDefault(int.Parse(part)) : (node as ObjectNode)?.Find(part)?.Value;
        return node is null ? null : DocumentWriter.Write(node).Trim();
    }

    /// <summary>The upstream templates of the routes, in order.</summary>
    public static string Templates(this LoadedDocument loaded) =>
        string.Join(' ', ((ArrayNode?)loaded.Root.Find("Routes")?.Value)?.Items.Select(r => ((ScalarNode)((ObjectNode)r).Find("UpstreamPathTemplate")!.Value).Text) ?? []);
}
