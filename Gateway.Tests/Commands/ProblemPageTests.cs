using System.Reflection;
using Gateway.Commands.Lints;
using Gateway.Configuration;

namespace Gateway.Tests.Commands;

/// <summary><c>docs/problems.md</c> has a section for every code.</summary>
public sealed class ProblemPageTests
{
    public static TheoryData<string> Codes => [.. new[] { typeof(ProblemCodes), typeof(LintCodes) }
        .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public))
        .Select(f => (string)f.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Explains_the_code(string code) =>
        Assert.Contains($"### {code}", File.ReadAllLines(Path.Combine(Repository(), "docs", "problems.md")));

    /// <summary>The folder of the solution, above the tests.</summary>
    internal static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Gateway.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
