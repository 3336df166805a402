using System.Text.Json.Nodes;
using Gateway.Tests.Configuration;

namespace Gateway.Tests.Commands;

/// <summary>The commands that show: explain, print, diff, migrate, schema.</summary>
public sealed class ShowTests : IDisposable
{
    private const string Shop = """
        {
          "Routes": [
            { "Key": "cart", "UpstreamPathTemplate": "/cart/{id}", "UpstreamHttpMethod": [ "Get" ], "DownstreamPathTemplate": "/api/cart/{id}", "DownstreamScheme": "http",
              "DownstreamHostAndPorts": [ { "Host": "cart.example", "Port": 81 } ] },
            { "Key": "all", "UpstreamPathTemplate": "/{everything}", "DownstreamPathTemplate": "/{everything}", "DownstreamScheme": "https",
              "DownstreamHostAndPorts": [ { "Host": "web.example", "Port": 443 } ], "Timeout": 7 }
          ],
          "GlobalConfiguration": { "Timeout": 9, "ServiceDiscoveryProvider": { "Type": "Consul", "Host": "consul", "Port": 8500, "Token": "hush" } }
        }
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Explains_which_route_takes_a_request_and_where_it_goes()
    {
        var result = await Cli.RunAsync("explain", "get", "/cart/a%20b?x=1", "--config", _folder.Write("ocelot.json", Shop));

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Routes[0] /cart/{id} \"cart\"", result.Output, StringComparison.Ordinal);
        Assert.Contains("{id} = a%20b", result.Output, StringComparison.Ordinal);
        Assert.Contains("GET http://cart.example:81/api/cart/a%20b?x=1", result.Output, StringComparison.Ordinal);
        Assert.Contains("Routes[1] /{everything} \"all\"", result.Output, StringComparison.Ordinal);
        Assert.Contains("asked first", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explains_why_a_nearer_route_does_not_take_it()
    {
        var result = await Cli.RunAsync("explain", "POST", "https://shop.example/cart/1", "--config", _folder.Write("ocelot.json", Shop));

        Assert.Contains("route         Routes[1]", result.Output, StringComparison.Ordinal);
        Assert.Contains("Routes[0] /cart/{id} \"cart\" (", result.Output, StringComparison.Ordinal);
        Assert.Contains("takes only GET", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prints_what_holds_for_each_route_and_where_it_came_from()
    {
        _folder.Write("ocelot.json", Shop);

        var result = await Cli.RunAsync("print", _folder.Path, "--effective", "--origins");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"\"Timeout\": 9,  // {_folder["ocelot.json"]}:8:", result.Output, StringComparison.Ordinal);
        Assert.Contains($"\"Timeout\": 7,  // {_folder["ocelot.json"]}:6:", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prints_a_document_that_means_the_same()
    {
        _folder.Write("ocelot.json", Shop);
        var printed = await Cli.RunAsync("print", _folder.Path, "--effective");
        var file = _folder.Write("printed.json", printed.Output);

        Assert.Equal("No difference.\n", (await Cli.RunAsync("diff", _folder["ocelot.json"], file)).Output);
    }

    [Fact]
    public async Task Never_prints_a_secret()
    {
        _folder.Write("ocelot.json", Shop);

        foreach (var more in new[] { Array.Empty<string>(), ["--effective"], ["--effective", "--origins"] })
            Assert.DoesNotContain("hush", (await Cli.RunAsync(["print", _folder.Path, .. more])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_what_changes_for_routes_whatever_the_text_looks_like()
    {
        var old = _folder.Write("old.json", Shop);
        var next = _folder.Write("new.json", """
            { "GlobalConfiguration": { "Timeout": 9, "ServiceDiscoveryProvider": { "Type": "Consul", "Host": "consul", "Port": 8500, "Token": "other" } }, "Routes": [
              { "Key": "all", "UpstreamPathTemplate": "/{everything}", "DownstreamPathTemplate": "/{everything}", "DownstreamScheme": "https", "Priority": 5,
                "DownstreamHostAndPorts": [ { "Host": "web.example", "Port": 443 } ], "Timeout": "7" },
              { "UpstreamPathTemplate": "/new", "DownstreamPathTemplate": "/new", "DownstreamScheme": "http", "DownstreamHostAndPorts": [ { "Host": "new.example", "Port": 80 } ] }
            ] }
            """);

        var result = await Cli.RunAsync("diff", old, next);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            """
            - Routes[0] GET /cart/{id} "cart"
            ~ Routes[0] /{everything} "all"
                Priority: (none) -> 5
            + Routes[1] /new
            ! GET /cart/any went to Routes[0] (/cart/{id}), and goes to Routes[0] (/{everything})

            """.ReplaceLineEndings("\n"), result.Output);
    }

    [Fact]
    public async Task Writes_present_names_and_keeps_comments()
    {
        var file = _folder.Write("old.json", """
            {
              // ours
              "ReRoutes": [
                {
                  "UpstreamPathTemplate": "/ä", /* keep */
                  "DownstreamHost": "h", "DownstreamPort": 81,
                  "UseServiceDiscovery": false,
                  "LoadBalancer": "RoundRobin" // last
                }
              ]
            }
            """);

        var result = await Cli.RunAsync("migrate", file);

        Assert.Equal(
            """
            {
              // ours
              "Routes": [
                {
                  "UpstreamPathTemplate": "/ä", /* keep */
                  "DownstreamHostAndPorts": [ { "Host": "h", "Port": 81 } ],
                  "LoadBalancerOptions": { "Type": "RoundRobin" } // last
                }
              ]
            }
            """.ReplaceLineEndings("\n"), result.Output.ReplaceLineEndings("\n"));
        Assert.Contains("old.json:3:3: 'ReRoutes' is now 'Routes'", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describes_every_key_in_the_schema()
    {
        var result = await Cli.RunAsync("schema");

        var schema = JsonNode.Parse(result.Output)!;
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string?)schema["$schema"]);
        var route = schema["properties"]!["Routes"]!["items"]!["properties"]!;
        Assert.Contains("verb", (string?)route["DownstreamHttpMethod"]!["description"], StringComparison.OrdinalIgnoreCase);
        Assert.False((bool)schema["properties"]!["Routes"]!["items"]!["additionalProperties"]!);
        Assert.NotNull(schema["$defs"]!["HostAndPort"]!["properties"]!["Port"]);
    }

    [Fact]
    public async Task Ships_the_schema_as_it_is()
    {
        var shipped = await File.ReadAllTextAsync(Path.Combine(ProblemPageTests.Repository(), "docs", "ocelot.schema.json"), TestContext.Current.CancellationToken);

        // Where this fails, write it anew: Gateway.Api schema > docs/ocelot.schema.json
        Assert.Equal((await Cli.RunAsync("schema")).Output, shipped.ReplaceLineEndings("\n"));
    }
}
