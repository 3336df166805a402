using System.Text.Json;
using Gateway.Tests.Configuration;

namespace Gateway.Tests.Commands;

/// <summary>Every mistake in <c>mistakes.txt</c> is caught, at its place, with a fix that helps.</summary>
public sealed class MistakeTests
{
    private const char Place = '»';
    private static readonly IReadOnlyList<Mistake> All = Read();

    public static TheoryData<string> Names => [.. All.Select(m => m.Name)];

    [Fact]
    public void Knows_more_than_a_hundred() => Assert.True(All.Select(m => m.Name).Distinct().Count() > 100);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Is_caught_at_its_place_with_a_fix(string name)
    {
        var mistake = All.Single(m => m.Name == name);
        using var folder = new TempFolder();
        var file = folder.Write("ocelot.json", mistake.Json.Replace(Place.ToString(), "", StringComparison.Ordinal));

        var result = await Cli.RunAsync("check", file, "--environment", "Production", "--format", "json");

        var found = JsonDocument.Parse(result.Output).RootElement.GetProperty("problems").EnumerateArray().Select(p =>
            $"{p.GetProperty("line")}:{p.GetProperty("column")} {p.GetProperty("severity").GetString()} {p.GetProperty("code").GetString()} {p.GetProperty("path").GetString()} {p.GetProperty("fix").GetString()}");
        Assert.Contains(found, f => f.StartsWith($"{mistake.Line}:{mistake.Column} {mistake.Problem} {mistake.Fix}", StringComparison.Ordinal));
        Assert.Equal(mistake.Problem.StartsWith("error", StringComparison.Ordinal) ? 1 : 0, result.ExitCode);
    }

    private static Mistake[] Read()
    {
        using var stream = typeof(MistakeTests).Assembly.GetManifestResourceStream("Gateway.Tests.Commands.mistakes.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().ReplaceLineEndings("\n").Split("\n== ")[1..].Select(Mistake.Parse)];
    }

    private sealed record Mistake(string Name, string Problem, string Fix, string Json)
    {
        public int Line => Before.Count(c => c == '\n') + 1;

        public int Column => Before.Length - (Before.LastIndexOf('\n') + 1) + 1;

        private string Before => Json[..Json.IndexOf(Place)];

        public static Mistake Parse(string block)
        {
            var lines = block.Split('\n', 4);
            return new Mistake(lines[0], lines[1], lines[2], lines[3].TrimEnd('\n'));
        }
    }
}
