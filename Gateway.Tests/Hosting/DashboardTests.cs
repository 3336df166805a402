using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Tests.Commands;
using Gateway.Tests.Support;

namespace Gateway.Tests.Hosting;

/// <summary>The dashboard of <c>samples/grafana</c> asks for nothing that the gateway doesn't measure.</summary>
public sealed partial class DashboardTests
{
    // What a scraper adds.
    private static readonly string[] Scraped = ["instance", "job", "le"];

    private static readonly JsonElement Dashboard = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(ProblemPageTests.Repository(), "samples", "grafana", "gateway.json"))).RootElement;

    [Fact]
    public async Task Asks_only_for_metrics_and_labels_that_there_are()
    {
        await using var service = await StubService.StartAsync();
        service.Answer = http => { http.Response.StatusCode = http.Request.Path == "/bad" ? 500 : 200; return Task.CompletedTask; };
        await using var gateway = await TestGateway.StartAsync(service, "/a/{x}", "/{x}", more: "\"QoSOptions\": { \"MinimumThroughput\": 100 }",
            global: "\"SharedState\": { \"Type\": \"Redis\", \"ConnectionString\": \"127.0.0.1:1,connectTimeout=100\" }");
        foreach (var path in new[] { "/a/good", "/a/bad", "/nothing" })
        {
            using var answer = await gateway.GetAsync(path);
        }
        var expressions = Expressions(Dashboard).Distinct().ToArray();
        Assert.True(expressions.Length > 20);

        string[] missing = [];
        await Eventually.TrueAsync(async () =>
        {
            var lines = (await gateway.Management.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).Split('\n');
            missing = [.. expressions.SelectMany(e => Missing(e, lines))];
            return missing.Length == 0;
        }, () => $"everything is measured, but for {string.Join("; ", missing)}");
    }

    [Fact]
    public void Numbers_its_panels_and_tells_what_each_shows()
    {
        var panels = Dashboard.GetProperty("panels").EnumerateArray().ToArray();

        Assert.Equal(panels.Length, panels.Select(p => p.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels.Where(p => p.GetProperty("type").GetString() != "row"), p => Assert.NotEmpty(p.GetProperty("description").GetString()!));
        Assert.All(panels, p => Assert.InRange(p.GetProperty("gridPos").GetProperty("x").GetInt32() + p.GetProperty("gridPos").GetProperty("w").GetInt32(), 1, 24));
    }

    private static IEnumerable<string> Missing(string expression, string[] lines)
    {
        var grouped = Grouping().Matches(expression).SelectMany(m => m.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries));
        foreach (Match selector in Selector().Matches(expression))
        {
            var metric = selector.Groups[1].Value;
            var labels = Label().Matches(selector.Groups[2].Value).Select(m => m.Groups[1].Value).Concat(grouped).Except(Scraped).Distinct().ToArray();
            var found = lines.Where(l => l.StartsWith(metric + "{", StringComparison.Ordinal) || l.StartsWith(metric + " ", StringComparison.Ordinal)).ToArray();
            if (found.Length == 0) yield return metric;
            foreach (var label in labels.Where(label => found.Length > 0 && !found.Any(l => l.Contains($"{label}=\"", StringComparison.Ordinal)))) yield return $"{metric} by {label}";
        }
    }

    private static IEnumerable<string> Expressions(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.Name is "expr" or "definition" && p.Value.ValueKind == JsonValueKind.String ? [p.Value.GetString()!] : Expressions(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Expressions),
        _ => [],
    };

    [GeneratedRegex(@"\b([a-z][a-z0-9_]*)\{([^}]*)\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"([a-z_]+)\s*(?:=~|!~|!=|=)")]
    private static partial Regex Label();

    [GeneratedRegex(@"\bby \(([^)]*)\)")]
    private static partial Regex Grouping();
}
