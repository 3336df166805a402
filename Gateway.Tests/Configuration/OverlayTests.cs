using Gateway.Configuration;
using static Gateway.Tests.Configuration.Loading;

namespace Gateway.Tests.Configuration;

public sealed class OverlayTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private LoadedDocument Overlay(string below, string above)
    {
        _folder.Write("ocelot.json", below);
        _folder.Write("ocelot.Dev.json", above);
        return Good(Files(_folder.Path, "Dev"));
    }

    [Fact]
    public void Merges_objects_by_key_whatever_the_case_and_replaces_scalars_and_lists()
    {
        var loaded = Overlay(
            """{ "GlobalConfiguration": { "BaseUrl": "http://a", "RateLimitOptions": { "Limit": 1, "ClientWhitelist": ["x", "y"] } } }""",
            """{ "globalconfiguration": { "baseurl": "http://b", "RateLimitOptions": { "clientwhitelist": ["z"], "Period": "1s" } } }""");

        Assert.Equal("\"http://b\"", loaded.At("GlobalConfiguration.BaseUrl"));
        Assert.Equal("1", loaded.At("GlobalConfiguration.RateLimitOptions.Limit"));
        Assert.Equal("\"1s\"", loaded.At("GlobalConfiguration.RateLimitOptions.Period"));
        Assert.Equal("[\"z\"]", loaded.At("GlobalConfiguration.RateLimitOptions.ClientWhitelist"));
    }

    [Fact]
    public void Patches_the_route_of_the_same_key_wherever_it_stands()
    {
        var loaded = Overlay(
            """{ "Routes": [ { "UpstreamPathTemplate": "/a" }, { "Key": "b", "UpstreamPathTemplate": "/b", "Timeout": 5 } ] }""",
            """{ "Routes": [ { "Key": "b", "UpstreamPathTemplate": "/bb" } ] }""");

        Assert.Equal("/a /bb", loaded.Templates());
        Assert.Equal("5", loaded.At("Routes.1.Timeout"));
    }

    [Theory]
    [InlineData("\"UpstreamHttpMethod\": [\"GET\"]", "\"UpstreamHttpMethod\": [\"get\"]", true)]
    [InlineData("\"UpstreamHttpMethod\": [\"GET\", \"PUT\"]", "\"UpstreamHttpMethod\": [\"Put\", \"Get\"]", true)]
    [InlineData("\"UpstreamHttpMethod\": \"GET\"", "\"UpstreamHttpMethod\": [\"get\"]", true)]
    [InlineData("\"UpstreamHttpMethod\": [\"GET\"]", "\"Timeout\": 1", true)]
    [InlineData("\"UpstreamHttpMethod\": [\"GET\"]", "\"UpstreamHttpMethod\": [\"POST\"]", false)]
    [InlineData("\"UpstreamHost\": \"a.com\"", "\"UpstreamHost\": \"A.com\"", true)]
    [InlineData("\"UpstreamHost\": \"a.com\"", "\"Timeout\": 1", false)]
    [InlineData("\"UpstreamHost\": null", "\"UpstreamHost\": \"\"", true)]
    [InlineData("\"Timeout\": 1", "\"Key\": \"new\"", true)]
    [InlineData("\"Key\": \"other\"", "\"Key\": \"new\"", false)]
    [InlineData("\"UpstreamHeaderTemplates\": {\"v\": \"1\"}", "\"UpstreamHeaderTemplates\": {\"V\": \"1\"}", true)]
    [InlineData("\"UpstreamHeaderTemplates\": {\"v\": \"1\"}", "\"UpstreamHeaderTemplates\": {\"v\": \"2\"}", false)]
    public void Lets_entries_without_a_common_key_meet_by_template_host_and_verbs(string below, string above, bool meet)
    {
        var loaded = Overlay(
            $$"""{ "Routes": [ { "UpstreamPathTemplate": "/a", {{below}} } ] }""", $$"""{ "Routes": [ { "UpstreamPathTemplate": "/a", "Priority": 9, {{above}} } ] }""");

        Assert.Equal(meet ? "/a" : "/a /a", loaded.Templates());
        Assert.Equal("9", loaded.At(meet ? "Routes.0.Priority" : "Routes.1.Priority"));
    }

    [Fact]
    public void Prefers_the_route_that_leaves_out_the_same()
    {
        var loaded = Overlay(
            """{ "Routes": [ { "UpstreamPathTemplate": "/a", "UpstreamHeaderTemplates": { "v": "2" } }, { "UpstreamPathTemplate": "/a" } ] }""",
            """{ "Routes": [ { "UpstreamPathTemplate": "/a", "Timeout": 9 } ] }""");

        Assert.Equal("9", loaded.At("Routes.1.Timeout"));
        Assert.Null(loaded.At("Routes.0.Timeout"));
    }

    [Fact]
    public void Refuses_an_entry_that_could_be_meant_for_two()
    {
        _folder.Write("ocelot.json", """{ "Routes": [ { "UpstreamPathTemplate": "/a", "UpstreamHttpMethod": ["Get"] }, { "UpstreamPathTemplate": "/a", "UpstreamHttpMethod": ["Put"] } ] }""");
        _folder.Write("ocelot.Dev.json", "{ \"Routes\": [\n  { \"UpstreamPathTemplate\": \"/a\", \"Timeout\": 1 } ] }");

        var problem = Assert.Single(Problems(Files(_folder.Path, "Dev")));

        Assert.Equal((ProblemCodes.Conflict, 2, 3, "Routes[0]"), (problem.Code, problem.Origin.Line, problem.Origin.Column, problem.Path));
        Assert.Contains("'Key'", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Lets_dynamic_routes_meet_by_service_and_aggregates_by_template()
    {
        var loaded = Overlay(
            """{ "DynamicRoutes": [ { "ServiceName": "cart", "Timeout": 1 } ], "Aggregates": [ { "UpstreamPathTemplate": "/a", "RouteKeys": ["x"] } ] }""",
            """{ "DynamicRoutes": [ { "ServiceName": "pay" }, { "ServiceName": "cart", "Timeout": 2 } ], "Aggregates": [ { "UpstreamPathTemplate": "/a", "RouteKeys": ["y"] } ] }""");

        Assert.Equal("2", loaded.At("DynamicRoutes.0.Timeout"));
        Assert.Equal("\"pay\"", loaded.At("DynamicRoutes.1.ServiceName"));
        Assert.Equal("[\"y\"]", loaded.At("Aggregates.0.RouteKeys"));
        Assert.Null(loaded.At("Aggregates.1"));
    }

    [Fact]
    public void Meets_by_position_as_Ocelot_does_where_that_was_chosen()
    {
        var loaded = Overlay(
            """
            { "GlobalConfiguration": { "Compatibility": "Ocelot25" }, "Routes": [
              { "UpstreamPathTemplate": "/a", "UpstreamHttpMethod": ["Get", "Post"], "DownstreamHostAndPorts": [ { "Host": "h1", "Port": 1 }, { "Host": "h2", "Port": 2 } ] },
              { "UpstreamPathTemplate": "/b" } ] }
            """,
            """{ "Routes": [ { "UpstreamPathTemplate": "/z", "UpstreamHttpMethod": ["Put"], "DownstreamHostAndPorts": [ { "Host": "dev" } ] } ] }""");

        Assert.Equal("/z /b", loaded.Templates());
        Assert.Equal("[\"Put\", \"Post\"]", loaded.At("Routes.0.UpstreamHttpMethod"));
        Assert.Equal("\"dev\"", loaded.At("Routes.0.DownstreamHostAndPorts.0.Host"));
        Assert.Equal("1", loaded.At("Routes.0.DownstreamHostAndPorts.0.Port"));
        Assert.Equal("\"h2\"", loaded.At("Routes.0.DownstreamHostAndPorts.1.Host"));
    }

    [Fact]
    public void Replaces_a_former_name_below_by_the_present_name_above()
    {
        var loaded = Overlay(
            """{ "Routes": [ { "Key": "a", "UpstreamPathTemplate": "/a", "RateLimitOptions": { "HttpStatusCode": 418 }, "Metadata": { "HttpStatusCode": 1 } } ] }""",
            """{ "Routes": [ { "Key": "a", "RateLimitOptions": { "StatusCode": 503 }, "Metadata": { "StatusCode": 2 } } ] }""");

        Assert.Null(loaded.At("Routes.0.RateLimitOptions.HttpStatusCode"));
        Assert.Equal("503", loaded.At("Routes.0.RateLimitOptions.StatusCode"));
        Assert.Equal("1", loaded.At("Routes.0.Metadata.HttpStatusCode"));
    }

    [Fact]
    public void Keeps_the_place_of_each_value_in_its_own_file()
    {
        _folder.Write("ocelot.json", "{ \"Routes\": [\n{ \"Key\": \"a\",\n\"Timeout\": 1, \"Priority\": 2 } ] }");
        _folder.Write("ocelot.Dev.json", "{ \"Routes\": [ { \"Key\": \"a\", \"Priority\": 3 } ] }");

        var route = (ObjectNode)((ArrayNode)Good(Files(_folder.Path, "Dev")).Root.Find("Routes")!.Value).Items[0];

        Assert.Equal(new Origin(_folder["ocelot.json"], 3, 12), route.Find("Timeout")!.Value.Origin);
        Assert.Equal(new Origin(_folder["ocelot.Dev.json"], 1, 41), route.Find("Priority")!.Value.Origin);
    }

    [Fact]
    public void Puts_parts_one_after_the_other_and_takes_the_global_section_of_the_global_part_only()
    {
        _folder.Write("ocelot.b.json", """{ "Routes": [ { "UpstreamPathTemplate": "/b" } ], "GlobalConfiguration": { "BaseUrl": "http://b" } }""");
        _folder.Write("ocelot.a.json", """{ "routes": [ { "UpstreamPathTemplate": "/a" } ], }""");
        _folder.Write("ocelot.global.json", """{ "Routes": [ { "UpstreamPathTemplate": "/g" } ], "GlobalConfiguration": { "RequestIdKey": "Id" } }""");
        var problems = new ProblemList();

        var loaded = Files(_folder.Path).Load(problems)!;

        Assert.Equal("/a /b /g", loaded.Templates());
        Assert.Equal("\"Id\"", loaded.At("GlobalConfiguration.RequestIdKey"));
        Assert.Null(loaded.At("GlobalConfiguration.BaseUrl"));
        Assert.Equal(Severity.Warning, Assert.Single(problems).Severity);
    }

    [Fact]
    public void Refuses_a_protection_in_the_global_section_of_another_part()
    {
        _folder.Write("ocelot.b.json", """{ "GlobalConfiguration": { "SecurityOptions": { "IPAllowedList": ["10.0.0.1"] } } }""");

        var problem = Assert.Single(Problems(Files(_folder.Path)));

        Assert.Equal((Severity.Error, ProblemCodes.MisplacedKey), (problem.Severity, problem.Code));
        Assert.Contains("ocelot.global.json", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Lays_the_environments_file_over_the_parts_its_global_section_included()
    {
        _folder.Write("ocelot.a.json", """{ "Routes": [ { "UpstreamPathTemplate": "/a", "Timeout": 1 } ] }""");
        _folder.Write("ocelot.global.json", """{ "GlobalConfiguration": { "BaseUrl": "http://g", "RequestIdKey": "Id" } }""");
        _folder.Write("ocelot.Development.json", """{ "Routes": [ { "UpstreamPathTemplate": "/a", "Timeout": 2 } ], "GlobalConfiguration": { "BaseUrl": "http://dev" } }""");

        var loaded = Good(Files(_folder.Path, "Development"));

        Assert.Equal("/a", loaded.Templates());
        Assert.Equal("2", loaded.At("Routes.0.Timeout"));
        Assert.Equal("\"http://dev\"", loaded.At("GlobalConfiguration.BaseUrl"));
        Assert.Equal("\"Id\"", loaded.At("GlobalConfiguration.RequestIdKey"));
    }
}
