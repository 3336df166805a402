using System.Diagnostics;
using System.Text;

namespace Gateway.Tests.Commands;

public sealed class MediateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mediate").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Writes_the_mediated_body_and_nothing_else()
    {
        var (exit, output, errors) = await RunAsync("""{"a_b":1.10,"x":2}""", "--plan", Write("plan.json", """{ "Response": { "Steps": [ { "Remove": [ "x" ] }, { "Case": "camel" } ] } }"""), "--side", "response");

        Assert.Equal((0, """{"aB":1.10}""", ""), (exit, output, errors));
    }

    [Fact]
    public async Task Writes_status_and_changed_headers_on_demand()
    {
        var plan = Write("plan.json", """{ "Response": { "Steps": [ { "Status": 202 }, { "Header": { "X-Total": "$.total", "Server": null } } ] } }""");

        var (exit, output, _) = await RunAsync("""{"total":5}""", "--plan", plan, "--side", "response", "--include");

        Assert.Equal((0, "HTTP/1.1 202\r\nX-Total: 5\r\nServer:\r\n\r\n{\"total\":5}"), (exit, output));
    }

    [Fact]
    public async Task Refuses_with_the_problem_at_standard_error()
    {
        var plan = Write("plan.json", """{ "Request": { "Steps": [ { "Convert": { "qty": "integer" } } ] } }""");

        var (exit, output, errors) = await RunAsync("""{"qty":"many"}""", "--plan", plan, "--side", "request", "--context", Write("context.json", """{ "path": "/orders", "requestId": "r1" }"""));

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("\"status\":422", errors, StringComparison.Ordinal);
        Assert.Contains("\"step\":\"Request.Steps[0].Convert\",\"pointer\":\"/qty\"", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_all_problems_of_a_plan()
    {
        var plan = Write("plan.json", """{ "Response": { "Steps": [ { "Renam": {} }, { "Remove": [ "a[" ] } ] } }""");

        var (exit, output, errors) = await RunAsync("{}", "--plan", plan, "--side", "response");
        var (_, _, json) = await RunAsync("{}", "--plan", plan, "--side", "response", "--format", "json");

        Assert.Equal((2, ""), (exit, output));
        Assert.Equal(2, errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains($"{plan}:1:", errors, StringComparison.Ordinal);
        Assert.Contains("\"problems\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_the_plan_of_a_route_with_its_profiles()
    {
        var config = Write("ocelot.json", """
            {
              "Routes": [ { "Key": "orders", "UpstreamPathTemplate": "/o", "DownstreamPathTemplate": "/o", "DownstreamScheme": "http", "DownstreamHostAndPorts": [ { "Host": "localhost", "Port": 1 } ],
                "Mediation": { "Use": [ "spa" ], "Response": { "Steps": [ { "Wrap": "data" } ] } } } ],
              "GlobalConfiguration": { "Mediation": { "Profiles": { "spa": { "Response": { "Steps": [ { "Case": "camel" } ] } } } } }
            }
            """);

        var (exit, output, errors) = await RunAsync("""{"a_b":1}""", "--config", config, "--route", "orders", "--side", "response");

        Assert.Equal((0, """{"data":{"aB":1}}""", ""), (exit, output, errors));
    }

    [Fact]
    public async Task Checks_the_examples_that_a_route_carries()
    {
        var config = Write("ocelot.json", """
            {
              "Routes": [ { "UpstreamPathTemplate": "/o", "DownstreamPathTemplate": "/o", "DownstreamScheme": "http", "DownstreamHostAndPorts": [ { "Host": "localhost", "Port": 1 } ],
                "Mediation": { "Response": { "Steps": [ { "Case": "camel" } ], "Examples": [
                  { "Name": "good", "In": { "a_b": 1 }, "Out": { "aB": 1 } },
                  { "Name": "bad", "In": { "a_b": { "c_d": 1 } }, "Out": { "aB": { "cD": 2 } } } ] } } } ]
            }
            """);

        var result = await Cli.RunAsync("check", config);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Routes[0].Mediation.Response.Examples[1]", result.Output, StringComparison.Ordinal);
        Assert.Contains("/aB/cD", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Examples[0]", result.Output, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(string body, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Gateway.Api.dll"), "mediate", .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(body), TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
