using Gateway.Features.DelegatingHandlers;
using Gateway.Pipeline;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Metadata;

/// <summary>Metadata from the file to the eyes of a handler.</summary>
public sealed class MetadataTests
{
    [Fact]
    public async Task Gives_handlers_the_routes_values_over_the_global_ones()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service,
            """ "Metadata": { "own": "route", "both": "route", "gone": null, "list": [ "a", 2 ], "object": { "x": { "y": 1.50 } }, "a:b": "colon" } """,
            """
            "Metadata": { "both": "global", "global": "global", "gone": "global" },
            "MetadataOptions": { "Metadata": { "global": "options", "options": "options" }, "Separators": [ "|" ], "TrimChars": [ "-" ], "CurrentCulture": "de-DE" }
            """);

        await gateway.GetAsync("/a");

        Assert.Equal("route", service.Only["own"]);
        Assert.Equal("route", service.Only["both"]);
        Assert.Equal("global", service.Only["global"]);
        Assert.Equal("options", service.Only["options"]);
        Assert.Equal("none", service.Only["gone"]);
        Assert.Equal("colon", service.Only["a.b"]);
        Assert.Equal("a+2", service.Only["list"]);
        Assert.Equal("1.50", service.Only["object"]);
    }

    [Theory]
    [InlineData("\"CurrentCulture\": \"xx-YY\"", "CurrentCulture")]
    [InlineData("\"NumberStyle\": \"Integr\"", "NumberStyle")]
    [InlineData("\"NumberStyle\": \"7\"", "NumberStyle")]
    [InlineData("\"StringSplitOption\": \"RemoveEmpty\"", "StringSplitOption")]
    [InlineData("\"TrimChars\": [ \"ab\" ]", "TrimChars[0]")]
    public async Task Refuses_options_that_mean_nothing(string option, string path)
    {
        var problems = await ConfigurationCheck.ProblemsOfRouteAsync("", $$""" "MetadataOptions": { {{option}} } """);

        Assert.Equal($"GlobalConfiguration.MetadataOptions.{path}", problems.OnlyError().Path);
    }

    [Fact]
    public async Task Takes_the_options_as_Ocelot_spells_them()
    {
        var problems = await ConfigurationCheck.ProblemsOfRouteAsync("",
            """ "MetadataOptions": { "CurrentCulture": "en-GB", "NumberStyle": "AllowThousands, AllowDecimalPoint", "StringSplitOption": "TrimEntries", "TrimChars": "-" } """);

        Assert.Empty(problems);
    }

    private static Task<TestGateway> StartAsync(StubService service, string more, string global) =>
        TestGateway.StartAsync(service, "/a", "/d", more, global, configure: services => services.AddDelegatingHandler<Telling>(global: true));

    private sealed class Telling : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            foreach (var key in new[] { "own", "both", "global", "options", "gone" }) request.Headers.Add(key, request.GetMetadata(key, "none"));
            request.Headers.Add("a.b", request.GetMetadata<string>("a:b"));
            request.Headers.Add("list", string.Join('+', request.GetMetadata<string[]>("list")!));
            request.Headers.Add("object", request.GetMetadata<Dictionary<string, Dictionary<string, System.Text.Json.JsonElement>>>("object")!["x"]["y"].GetRawText());
            return base.SendAsync(request, cancellationToken);
        }
    }
}
