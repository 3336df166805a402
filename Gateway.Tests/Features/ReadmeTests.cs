using Gateway.Configuration;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features;

/// <summary>What a README shows must work when it is copied.</summary>
public sealed class ReadmeTests
{
    [Theory]
    [InlineData("HealthChecks")]
    [InlineData("LoadBalancing")]
    [InlineData("ServiceDiscovery")]
    [InlineData("WebSockets")]
    public async Task Shows_configurations_that_compile(string feature)
    {
        var examples = Examples(feature);

        Assert.NotEmpty(examples);
        foreach (var example in examples)
            Assert.DoesNotContain(await ConfigurationCheck.ProblemsAsync(example), p => p.Severity == Severity.Error);
    }

    /// <summary>The blocks of JSON that are whole documents.</summary>
    private static string[] Examples(string feature)
    {
        var text = File.ReadAllText(Path.Combine(Root(), "Gateway.Api", "Features", feature, "README.md"));
        return [.. text.Split("```json\n").Skip(1).Select(block => block[..block.IndexOf("\n```", StringComparison.Ordinal)]).Where(json => json.StartsWith('{'))];
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Gateway.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("There is no Gateway.sln above the tests.");
    }
}
