using System.Text.Json;
using Gateway.Tests.Configuration;

namespace Gateway.Tests.Commands;

public sealed class CheckTests : IDisposable
{
    private const string Good = """
        { "Routes": [ { "UpstreamPathTemplate": "/a", "DownstreamPathTemplate": "/a", "DownstreamScheme": "http", "DownstreamHostAndPorts": [ { "Host": "a.example", "Port": 80 } ] } ] }
        """;

    private const string Bad = """
        {
          "Routes": [
            { "UpstreamPathTemplate": "/a", "DownstreamPathTemplate": "/a", "DownstreamScheme": "http",
              "DownstreamHostAndPorts": [ { "Host": "a.example", "Port": 80 } ],
              "Timeout": "soon" }
          ]
        }
        """;

    private const string Doubtful = """
        { "Routes": [ { "UpstreamPathTemplate": "/a/{x}", "DownstreamPathTemplate": "/a", "DownstreamScheme": "http", "DownstreamHostAndPorts": [ { "Host": "a.example", "Port": 80 } ] } ] }
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Good, false, 0)]
    [InlineData(Doubtful, false, 0)]
    [InlineData(Doubtful, true, 1)]
    [InlineData(Bad, false, 1)]
    public async Task Ends_with_0_for_no_error_and_1_for_errors(string json, bool isStrict, int expected)
    {
        var file = _folder.Write("ocelot.json", json);

        var result = await Cli.RunAsync(isStrict ? ["check", file, "--strict"] : ["check", file]);

        Assert.Equal(expected, result.ExitCode);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("check", "no-such-file.json")]
    [InlineData("check", ".", "--format", "xml")]
    [InlineData("check", ".", "--no-such-option")]
    [InlineData("chek", ".")]
    [InlineData("explain", "GET")]
    [InlineData("explain", "GET", "not-a-path")]
    [InlineData("migrate", "no-such-file.json")]
    public async Task Ends_with_2_for_arguments_that_cannot_be_used(params string[] args)
    {
        var result = await Cli.RunAsync(args);

        Assert.Equal(2, result.ExitCode);
        Assert.NotEmpty(result.Errors + result.Output);
    }

    [Fact]
    public async Task Shows_the_line_with_a_caret_under_the_fault_and_the_fix()
    {
        var file = _folder.Write("ocelot.json", Bad);

        var result = await Cli.RunAsync("check", file);

        Assert.Equal(
            $"""
            {file}:5:18: error wrong_type: Routes[0].Timeout: must be a whole number, was a string ("soon")
              5 |       "Timeout": "soon" {"}"}
                |                  ^^^^^^
              fix: Write a whole number

            1 error, 0 warnings in 1 route.

            """.ReplaceLineEndings("\n"), result.Output);
    }

    [Fact]
    public async Task Gives_programs_JSON()
    {
        var file = _folder.Write("ocelot.json", Bad);

        var result = await Cli.RunAsync("check", file, "--format", "json");

        var json = JsonDocument.Parse(result.Output).RootElement;
        var problem = Assert.Single(json.GetProperty("problems").EnumerateArray());
        Assert.Equal(1, json.GetProperty("routes").GetInt32());
        Assert.Equal(["wrong_type", "error", file, "Routes[0].Timeout"],
            new[] { "code", "severity", "file", "path" }.Select(n => problem.GetProperty(n).GetString()));
        Assert.Equal((5, 18), (problem.GetProperty("line").GetInt32(), problem.GetProperty("column").GetInt32()));
        Assert.NotEqual("", problem.GetProperty("message").GetString());
        Assert.NotEqual("", problem.GetProperty("fix").GetString());
    }

    [Fact]
    public async Task Gives_code_scanners_SARIF()
    {
        var file = _folder.Write("ocelot.json", Bad);

        var result = await Cli.RunAsync("check", file, "--format", "sarif");

        var run = JsonDocument.Parse(result.Output).RootElement.GetProperty("runs")[0];
        var finding = Assert.Single(run.GetProperty("results").EnumerateArray());
        Assert.Equal("wrong_type", finding.GetProperty("ruleId").GetString());
        Assert.Equal(5, finding.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32());
        Assert.Equal("wrong_type", run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Gives_GitHub_its_workflow_commands()
    {
        var file = _folder.Write("ocelot.json", Bad);

        var result = await Cli.RunAsync("check", file, "--format", "github");

        Assert.Equal($"::error file={file},line=5,col=18,title=wrong_type::Routes[0].Timeout: must be a whole number, was a string (\"soon\"). Write a whole number\n", result.Output);
    }

    [Fact]
    public async Task Takes_several_configurations_and_counts_all_their_routes()
    {
        var one = _folder.Write("one.json", Good);
        var two = _folder.Write("two.json", Bad);

        var result = await Cli.RunAsync("check", one, two, "--format", "json");

        Assert.Equal(2, JsonDocument.Parse(result.Output).RootElement.GetProperty("routes").GetInt32());
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task Takes_the_overlay_of_the_environment_that_is_named()
    {
        _folder.Write("ocelot.json", Good);
        _folder.Write("ocelot.Staging.json", """{ "Routes": [ { "UpstreamPathTemplate": "/a", "Timeout": "soon" } ] }""");

        Assert.Equal(0, (await Cli.RunAsync("check", _folder.Path, "--environment", "Production")).ExitCode);
        Assert.Equal(1, (await Cli.RunAsync("check", _folder.Path, "--environment", "Staging")).ExitCode);
    }

    [Fact]
    public async Task Checks_an_overlay_on_top_of_its_base()
    {
        _folder.Write("ocelot.json", Good);
        var overlay = _folder.Write("ocelot.Development.json", """{ "Routes": [ { "UpstreamPathTemplate": "/a", "Timeout": 5 } ] }""");

        var result = await Cli.RunAsync("check", overlay);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("on top of", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_the_problems_in_the_order_of_the_file()
    {
        var file = _folder.Write("ocelot.json", "{ \"Rutes\": 1,\n \"GlobalConfiguration\": { \"Timeout\": -1,\n \"BaseUrls\": \"x\" },\n \"Agregates\": 1 }");

        var result = await Cli.RunAsync("check", file, "--format", "json");

        var lines = JsonDocument.Parse(result.Output).RootElement.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("line").GetInt32()).ToArray();
        Assert.Equal(lines.Order(), lines);
        Assert.True(lines.Length >= 3);
    }

    [Fact]
    public async Task Checks_ten_thousand_routes()
    {
        var routes = Enumerable.Range(0, 10_000).Select(i => $$"""
            { "Key": "k{{i}}", "UpstreamPathTemplate": "/s{{i}}/{id}", "UpstreamHttpMethod": [ "Get" ], "DownstreamPathTemplate": "/{id}", "DownstreamScheme": "http", "DownstreamHostAndPorts": [ { "Host": "h{{i % 9}}.example", "Port": 80 } ] }
            """);
        var file = _folder.Write("ocelot.json", $"{{ \"Routes\": [ {string.Join(",\n", routes)} ] }}");

        var result = await Cli.RunAsync("check", file);

        Assert.Equal("No problems in 10000 routes.\n", result.Output);
    }
}
