using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Configuration;

namespace Gateway.Commands;

/// <summary>SARIF 2.1.0, as code scanners exchange findings.</summary>
internal sealed class SarifFormat(TextWriter output) : IProblemFormat
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task WriteAsync(ProblemReport report)
    {
        var log = new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject { ["driver"] = Driver(report) },
                ["columnKind"] = "unicodeCodePoints",
                ["results"] = new JsonArray([.. report.Problems.Select(Result)]),
            }),
        };
        await output.WriteLineAsync(log.ToJsonString(Options));
    }

    private static JsonObject Driver(ProblemReport report) => new()
    {
        ["name"] = "Gateway.Api check",
        ["version"] = typeof(SarifFormat).Assembly.GetName().Version?.ToString(3),
        ["rules"] = new JsonArray([.. report.Problems.Select(p => p.Code).Distinct().Order(StringComparer.Ordinal).Select(code => new JsonObject { ["id"] = code })]),
    };

    private static JsonObject Result(Problem problem) => new()
    {
        ["ruleId"] = problem.Code,
        ["level"] = problem.Severity == Severity.Error ? "error" : "warning",
        ["message"] = new JsonObject { ["text"] = $"{problem.Path}: {problem.Message}. {problem.Fix}".TrimEnd() },
        ["locations"] = new JsonArray(new JsonObject
        {
            ["physicalLocation"] = PhysicalLocation(problem.Origin),
            ["logicalLocations"] = new JsonArray(new JsonObject { ["fullyQualifiedName"] = problem.Path }),
        }),
    };

    private static JsonObject PhysicalLocation(Origin origin)
    {
        var location = new JsonObject
        {
            ["artifactLocation"] = new JsonObject { ["uri"] = Uri.EscapeDataString(origin.File).Replace("%2F", "/", StringComparison.Ordinal) },
        };
        if (origin.Line > 0) location["region"] = new JsonObject { ["startLine"] = origin.Line, ["startColumn"] = origin.Column };
        return location;
    }
}
