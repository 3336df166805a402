using System.Text.RegularExpressions;

namespace Gateway.Tests.Samples;

/// <summary>One row of a sample's table: a request, once or several times, and what has to come of it.</summary>
/// <param name="Request">The verb and the target; the verb <c>WS</c> opens a WebSocket and says hello.</param>
/// <param name="With">Fields of the request; also <c>Token</c> (claims) and <c>Body</c>.</param>
/// <param name="Statuses">One for each time.</param>
/// <param name="Seen">What the services saw: <c>catalog GET /7</c>, and fields of it. Null: whatever they saw.</param>
/// <param name="Answer">Fields of the last answer, and <c>Body</c>.</param>
internal sealed partial record SampleRow(
    string Request, IReadOnlyList<(string Name, string Value)> With, IReadOnlyList<int> Statuses, IReadOnlyList<string>? Seen, IReadOnlyList<string> Answer)
{
    /// <summary>What a cell says of something that isn't there.</summary>
    public const string Nothing = "–";

    public string Verb => Request.Split(' ')[0];

    public string Target => Request.Split(' ')[1];

    public string? this[string name] => With.FirstOrDefault(w => w.Name == name).Value;

    /// <summary>The rows of a page, each under the environment that stands over its table.</summary>
    public static ILookup<string, SampleRow> Read(IEnumerable<string> lines)
    {
        var environment = "Production";
        var rows = new List<(string Environment, SampleRow Row)>();
        foreach (var line in lines)
        {
            if (line.StartsWith("Environment: ", StringComparison.Ordinal)) environment = line[13..];
            if (line.StartsWith("| `", StringComparison.Ordinal)) rows.Add((environment, Of(line)));
        }
        return rows.ToLookup(r => r.Environment, r => r.Row);
    }

    public override string ToString() => $"{Request} {string.Join(' ', With)}";

    private static SampleRow Of(string line)
    {
        var cells = line.Trim().Trim('|').Split('|');
        int[] statuses = [.. cells[2].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        var times = Times().Match(cells[0]) is { Success: true } several ? int.Parse(several.Groups[1].Value, null) : 1;
        Assert.True(times == statuses.Length, $"So many statuses as requests: {line}");
        return new SampleRow(
            Spans(cells[0])[0],
            [.. Spans(cells[1]).Select(w => w.Split(": ", 2)).Select(w => (w[0], w[1].Replace('¦', '|')))],
            statuses,
            cells[3].Trim() is var seen && seen.Length == 0 ? null : seen == Nothing ? [] : Spans(seen),
            Spans(cells[4]));
    }

    private static List<string> Spans(string cell) => [.. Span().Matches(cell).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"×(\d+)")]
    private static partial Regex Times();
}
