using System.Text;
using System.Text.RegularExpressions;
using Gateway.Features.Mediation;
using Gateway.Features.Mediation.Json;
using Gateway.Tests.Commands;

namespace Gateway.Tests.Features.Mediation;

/// <summary>Every block of <c>docs/mediation.md</c> holds: the plan before <c>in</c> makes of it what <c>out</c>, <c>refused</c> and <c>head</c> show.</summary>
public sealed partial class MediationPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(ProblemPageTests.Repository(), "docs", "mediation.md"));

    private static readonly (string Label, string Text)[] Blocks = [.. Fence.Matches(Page).Select(m => (m.Groups[1].Value, m.Groups[2].Value.Trim()))];

    public static TheoryData<int> Examples => [.. Blocks.Index().Where(b => IsPlan(b.Item.Label)).Select(b => b.Index)];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Shows_what_holds(int place)
    {
        var mediation = Blocks[place].Label == "json steps" ? $$"""{ "Response": { "Steps": {{Blocks[place].Text}} } }""" : Blocks[place].Text;
        var plan = Workbench.Plan(mediation);
        var side = mediation.Contains("\"Request\"", StringComparison.Ordinal) ? MediationSide.Request : MediationSide.Response;
        var input = Find(place, " in");
        var described = Find(place, " context")?.Text ?? "{}";
        if (input?.Label == "xml in") described = """{ "contentType": "application/xml" }""";
        var trial = new MediationTrial(plan, side, Workbench.Context(described, side));
        // The plan of the tutorial is for the payload at the top of the page.
        var body = Encoding.UTF8.GetBytes((input ?? Blocks.Single(b => b.Label == "json payload")).Text);

        if (Find(place, " refused") is { } refused)
        {
            var failure = await Assert.ThrowsAsync<MediationFailure>(() => trial.RunAsync(body, TestContext.Current.CancellationToken));
            Assert.Equal(Plain(refused.Text), WithoutDetail(trial.Problem(failure)));
            return;
        }
        var output = Find(place, " out")!.Value;
        var mediated = Encoding.UTF8.GetString(await trial.RunAsync(body, TestContext.Current.CancellationToken));
        Assert.Equal(output.Label == "json out" ? Plain(output.Text) : output.Text, output.Label == "json out" ? Plain(mediated) : mediated.ReplaceLineEndings("\n").Trim());
        if (Find(place, " head") is { } head) Assert.Equal(head.Text, trial.Head().ReplaceLineEndings("\n").Trim());
    }

    [Fact]
    public void Leaves_no_block_untried()
    {
        string[] known = ["json steps", "json mediation", "json context", "json payload", "json in", "xml in", "json out", "xml out", "text out", "json refused", "text head"];

        Assert.All(Blocks, block => Assert.Contains(block.Label, known));
        Assert.Equal(Page.Split('\n').Count(l => l.StartsWith("```", StringComparison.Ordinal)), 2 * Blocks.Length);
        Assert.Equal(Examples.Count, Blocks.Count(b => b.Label.EndsWith(" out", StringComparison.Ordinal) || b.Label.EndsWith(" refused", StringComparison.Ordinal)));
    }

    [Fact]
    public void Has_fifteen_recipes_at_least() =>
        Assert.True(Page[Page.IndexOf("## Cookbook", StringComparison.Ordinal)..].Split("\n### ").Length > 15);

    // A block that belongs to the plan at this place: before the next plan.
    private static (string Label, string Text)? Find(int place, string ending)
    {
        for (var i = place + 1; i < Blocks.Length && !IsPlan(Blocks[i].Label); i++)
            if (Blocks[i].Label.EndsWith(ending, StringComparison.Ordinal)) return Blocks[i];
        return null;
    }

    private static bool IsPlan(string label) => label is "json steps" or "json mediation";

    // Numbers keep their digits, members their order.
    private static string Plain(string json) => JsonParser.Parse(Encoding.UTF8.GetBytes(json)).ToString()!;

    private static string WithoutDetail(JsonValue problem) => Detail.Replace(problem.ToString()!, "\"detail\":\"DETAIL\"");

    [GeneratedRegex("^```([^\n]*)\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence { get; }

    [GeneratedRegex("\"detail\":\"[^\"]+\"")]
    private static partial Regex Detail { get; }
}
