using Gateway.Configuration;

namespace Gateway.Commands;

/// <summary>As compilers write it, for people: the place, the line itself with a caret under the fault, and the fix.</summary>
/// <param name="isColored">Whether the reader is a terminal that shows colours.</param>
internal sealed class TextFormat(TextWriter output, bool isColored = false) : IProblemFormat
{
    private const int LongestLine = 160;

    private readonly SourceText _source = new();

    public async Task WriteAsync(ProblemReport report)
    {
        foreach (var problem in report.Problems) await WriteAsync(problem);
        foreach (var note in report.Notes) await output.WriteLineAsync($"note: {note}");
        await output.WriteLineAsync(Summary(report));
    }

    private async Task WriteAsync(Problem problem)
    {
        var severity = problem.Severity == Severity.Error ? "error" : "warning";
        await output.WriteLineAsync(
            $"{Bold(problem.Origin.ToString())}: {Color(severity, problem.Severity)} {problem.Code}: {Bold(problem.Path)}: {problem.Message}");
        if (_source.Line(problem.Origin.File, problem.Origin.Line) is { } line) await ShowAsync(line.TrimEnd(), problem);
        if (problem.Fix.Length > 0) await output.WriteLineAsync($"  fix: {problem.Fix}");
        await output.WriteLineAsync();
    }

    private async Task ShowAsync(string line, Problem problem)
    {
        var number = problem.Origin.Line.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var column = Math.Min(problem.Origin.Column, line.Length + 1);
        var width = SourceText.WidthAt(line, column);
        // A tab takes one column in the count and must take one on the screen, for the caret to stand right; so must a minified file's line.
        var skip = column + width > LongestLine ? column - 40 : 0;
        var shown = line.Replace('\t', ' ')[Math.Max(0, skip)..];
        if (shown.Length > LongestLine) shown = shown[..LongestLine];
        await output.WriteLineAsync($"  {number} | {shown}");
        await output.WriteLineAsync(
            $"  {new string(' ', number.Length)} | {new string(' ', column - 1 - Math.Max(0, skip))}{Color(new string('^', Math.Min(width, LongestLine)), problem.Severity)}");
    }

    private static string Summary(ProblemReport report)
    {
        var found = report.Problems.Count == 0 ? "No problems" : $"{Count(report.Errors, "error")}, {Count(report.Warnings, "warning")}";
        return report.Routes is { } routes ? $"{found} in {Count(routes, "route")}." : $"{found}.";
    }

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    private string Color(string text, Severity severity) => isColored ? $"\e[{(severity == Severity.Error ? 31 : 33)}m{text}\e[0m" : text;

    private string Bold(string text) => isColored ? $"\e[1m{text}\e[0m" : text;
}
