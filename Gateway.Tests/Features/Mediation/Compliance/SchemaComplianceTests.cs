using System.Text;
using System.Text.Json;
using Gateway.Configuration;
using Gateway.Features.Mediation;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Schemas;
using Gateway.Tests.Commands;

namespace Gateway.Tests.Features.Mediation.Compliance;

/// <summary>The public test suite of JSON Schema, draft-07, for the keywords that <c>Validate</c> has.</summary>
public sealed class SchemaComplianceTests
{
    // Groups that the gateway refuses to compile, and why.
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["remote ref, containing refs itself"] = "schemas are never fetched",
        ["valid definition"] = "schemas are never fetched",
        ["invalid definition"] = "schemas are never fetched",
        ["escaped pointer ref"] = "a keyword that isn't known is a problem",
    };

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(ProblemPageTests.Repository(), "Gateway.Tests", "Features", "Mediation", "Compliance", "schema");

    [Theory]
    [MemberData(nameof(Files))]
    public void Decides_as_JSON_Schema_does(string file)
    {
        var failures = new List<string>();

        foreach (var group in Groups(file))
        {
            var name = group.GetProperty("description").GetString()!;
            var (schema, problems) = Compile(group.GetProperty("schema"));
            if (problems.Count > 0)
            {
                if (!Refused.ContainsKey(name)) failures.Add($"{name}: {problems.First()}");
                continue;
            }
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var fits = schema.Validate(JsonParser.Parse(Encoding.UTF8.GetBytes(test.GetProperty("data").GetRawText()))).Count == 0;
                if (fits != test.GetProperty("valid").GetBoolean()) failures.Add($"{name}: {test.GetProperty("description")}");
            }
        }

        Assert.Empty(failures);
    }

    [Fact]
    public void The_page_tells_how_many_cases_there_are()
    {
        var count = Files.Sum(f => Groups(f.Data).Where(g => !Refused.ContainsKey(g.GetProperty("description").GetString()!)).Sum(g => g.GetProperty("tests").GetArrayLength()));

        Assert.Contains($"{count} cases of the public JSON Schema test suite", ExpressionComplianceTests.Page(), StringComparison.Ordinal);
    }

    private static JsonElement.ArrayEnumerator Groups(string file) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, file))).RootElement.EnumerateArray();

    private static (Schema Schema, ProblemList Problems) Compile(JsonElement schema)
    {
        var problems = new ProblemList();
        var node = DocumentParser.Parse(Encoding.UTF8.GetBytes(schema.GetRawText()), "schema.json", problems)!;
        return (SchemaCompiler.Compile(node, new PlanScope(problems, node, "$", MediationSide.Response, new PlanReads(), new PlanServices { HashKey = [] })), problems);
    }
}
