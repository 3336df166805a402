using System.Text;
using System.Text.Json;
using Gateway.Features.Mediation;
using Gateway.Features.Mediation.Expressions;
using Gateway.Features.Mediation.Json;
using Gateway.Tests.Commands;

namespace Gateway.Tests.Features.Mediation.Compliance;

/// <summary>JMESPath's public compliance cases.</summary>
public sealed class ExpressionComplianceTests
{
    // Found in the plan, before any body comes; the others depend on the body.
    private static readonly string[] FoundAtOnce = ["syntax", "unknown-function", "invalid-arity"];

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(ProblemPageTests.Repository(), "Gateway.Tests", "Features", "Mediation", "Compliance", "jmespath");

    [Theory]
    [MemberData(nameof(Files))]
    public void Gives_what_JMESPath_says(string file)
    {
        var failures = new List<string>();

        foreach (var (given, test) in Cases(file))
            if (Failure(given, test) is { } failure) failures.Add($"{test.GetProperty("expression")}: {failure}");

        Assert.Empty(failures);
    }

    [Fact]
    public void The_page_tells_how_many_cases_there_are()
    {
        var count = Files.Sum(f => Cases(f.Data).Count());

        Assert.Contains($"all {count} of JMESPath's public compliance cases", Page(), StringComparison.Ordinal);
    }

    internal static string Page() => File.ReadAllText(Path.Combine(ProblemPageTests.Repository(), "docs", "mediation.md")).ReplaceLineEndings(" ");

    // Cases for benchmarks have no result.
    private static IEnumerable<(JsonValue Given, JsonElement Case)> Cases(string file) =>
        from suite in JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, file + ".json"))).RootElement.EnumerateArray()
        let given = Value(suite.GetProperty("given"))
        from test in suite.GetProperty("cases").EnumerateArray()
        where test.TryGetProperty("result", out _) || test.TryGetProperty("error", out _)
        select (given, test);

    private static string? Failure(JsonValue given, JsonElement test)
    {
        var error = test.TryGetProperty("error", out var named) ? named.GetString() : null;
        Expression expression;
        try
        {
            expression = Expression.Parse(test.GetProperty("expression").GetString()!);
        }
        catch (ExpressionSyntaxException e)
        {
            return error is null ? $"doesn't parse: {e.Message}" : null;
        }
        if (FoundAtOnce.Contains(error)) return $"{error} isn't found";

        try
        {
            var result = expression.Evaluate(given);
            if (error is not null) return $"{error} isn't found; gives {result}";
            return JsonComparison.AreEqual(Value(test.GetProperty("result")), result) ? null : $"gives {result}, not {test.GetProperty("result")}";
        }
        catch (MediationFailure e)
        {
            return error is null ? $"fails: {e.Message}" : null;
        }
    }

    private static JsonValue Value(JsonElement element) => JsonParser.Parse(Encoding.UTF8.GetBytes(element.GetRawText()));
}
