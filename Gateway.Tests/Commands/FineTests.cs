using Gateway.Tests.Configuration;

namespace Gateway.Tests.Commands;

/// <summary>No false alarm: <c>check</c> says nothing of what is fine.</summary>
public sealed class FineTests
{
    private static readonly Dictionary<string, string> All = Read();

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Says_nothing_of_a_file_without_a_mistake(string name)
    {
        using var folder = new TempFolder();
        var file = folder.Write("ocelot.json", All[name]);

        var result = await Cli.RunAsync("check", file, "--environment", "Production", "--strict");

        Assert.StartsWith("No problems in ", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Says_nothing_of_the_shipped_files(string environment)
    {
        var result = await Cli.RunAsync("check", ProblemPageTests.Repository(), "--environment", environment, "--strict");

        Assert.StartsWith("No problems in ", result.Output, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Read()
    {
        using var stream = typeof(FineTests).Assembly.GetManifestResourceStream("Gateway.Tests.Commands.fine.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Split("\n== ")[1..].Select(block => block.Split('\n', 2)).ToDictionary(b => b[0], b => b[1], StringComparer.Ordinal);
    }
}
