using Gateway.Configuration;

namespace Gateway.Commands;

/// <summary>Workflow commands, which GitHub shows beside the lines of a pull request.</summary>
internal sealed class GitHubFormat(TextWriter output) : IProblemFormat
{
    public async Task WriteAsync(ProblemReport report)
    {
        foreach (var problem in report.Problems)
        {
            var command = problem.Severity == Severity.Error ? "error" : "warning";
            var place = problem.Origin.Line == 0
                ? $"file={Property(problem.Origin.File)}"
                : $"file={Property(problem.Origin.File)},line={problem.Origin.Line},col={problem.Origin.Column}";
            await output.WriteLineAsync($"::{command} {place},title={Property(problem.Code)}::{Data($"{problem.Path}: {problem.Message}. {problem.Fix}")}");
        }
    }

    private static string Data(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
