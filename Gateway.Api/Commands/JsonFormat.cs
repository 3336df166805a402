using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.Configuration;

namespace Gateway.Commands;

/// <summary>For programs: <c>{"problems":[{"code","severity","file","line","column","path","message","fix"}],"routes":N}</c>.</summary>
internal sealed class JsonFormat(TextWriter output) : IProblemFormat
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task WriteAsync(ProblemReport report)
    {
        var content = new
        {
            problems = report.Problems.Select(p => new
            {
                code = p.Code,
                severity = p.Severity == Severity.Error ? "error" : "warning",
                file = p.Origin.File,
                line = p.Origin.Line,
                column = p.Origin.Column,
                path = p.Path,
                message = p.Message,
                fix = p.Fix,
            }),
            routes = report.Routes ?? 0,
        };
        await output.WriteLineAsync(JsonSerializer.Serialize(content, Options));
    }
}
