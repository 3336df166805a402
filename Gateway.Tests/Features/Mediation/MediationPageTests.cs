using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gateway.Tests.Commands;

namespace Gateway.Tests.Features.Mediation;

/// <summary>Every example of <c>docs/mediation.md</c> holds: its steps make of <c>in</c> what it shows as <c>out</c>.</summary>
public sealed partial class MediationPageTests
{
    public static TheoryData<string, string, string> Examples()
    {
        var page = File.ReadAllText(Path.Combine(ProblemPageTests.Repository(), "docs", "mediation.md"));
        var examples = new TheoryData<string, string, string>();
        foreach (Match match in Example.Matches(page)) examples.Add(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
        return examples;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Shows_what_holds(string steps, string input, string output) =>
        Assert.Equal(Compact(output), Compact(Workbench.Run(steps, input.Trim())));

    [Fact]
    public void Leaves_no_example_untried() =>
        Assert.Equal(AnySteps.Count(File.ReadAllText(Path.Combine(ProblemPageTests.Repository(), "docs", "mediation.md"))), Examples().Count);

    // Nodes keep the digits of numbers as they are written.
    private static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString();

    [GeneratedRegex(@"```json steps\n(.*?)```\s+```(?:json|xml) in\n(.*?)```\s+```json out\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example { get; }

    [GeneratedRegex("```json steps")]
    private static partial Regex AnySteps { get; }
}
