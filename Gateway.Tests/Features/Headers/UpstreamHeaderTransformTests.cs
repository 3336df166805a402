using Gateway.Features.Headers;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Headers;

/// <summary><c>UpstreamHeaderTransform</c>: the rows of contract 03 §4 for requests.</summary>
public sealed class UpstreamHeaderTransformTests
{
    private const string BaseUrl = """ "BaseUrl": "http://base.test" """;

    [Theory]
    [InlineData("Fr: http://a/, http://b/", "http://a/x http://a/y", "http://b/x http://b/y")]
    [InlineData("Three: a, b, c", "a", "b")]
    [InlineData("Sp:  a , b", "z a", "z a")]
    [InlineData("Sp: a,  b", "za", "zb")]
    [InlineData("Case: a, b", "A", "A")]
    [InlineData("FrB: x, <{BaseUrl}>", "x", "<http://base.test>")]
    [InlineData("FrB: x, {BaseUrl}|{BaseUrl}", "x", "http://base.test|http://base.test")]
    [InlineData("Gone: a, b", null, null)]
    [InlineData("Gone: a,", "cat", "ct")]
    [InlineData("U1: const", "orig", "const")]
    [InlineData("U1: const", null, "const")]
    [InlineData("Ip: {RemoteIpAddress}", "9.9.9.9", "127.0.0.1")]
    [InlineData("Host-Seen: {UpstreamHost}", null, "public.example:99")]
    [InlineData("B: {BaseUrl}", null, "http://base.test")]
    [InlineData("Part: pre {BaseUrl}", null, "pre {BaseUrl}")]
    [InlineData("Empty: ", "orig", null)]
    public async Task Edits_the_header_as_the_expression_says(string entry, string? sent, string? expected)
    {
        var (header, expression) = (entry.Split(':', 2)[0], entry.Split(':', 2)[1][1..]);
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", $$""" "UpstreamHeaderTransform": { "{{header}}": "{{expression}}" } """, BaseUrl);

        await SendAsync(gateway, (header, sent));

        Assert.Equal(expected, service.Only[header]);
    }

    [Fact]
    public async Task Compares_the_headers_name_in_any_case()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "UpstreamHeaderTransform": { "x-one": "a, b", "x-two": "new" } """);

        await SendAsync(gateway, ("X-One", "a"), ("X-Two", "old"));

        Assert.Equal("b", service.Only["X-One"]);
        Assert.Equal("new", service.Only["X-Two"]);
    }

    [Fact]
    public async Task Keeps_only_the_first_line_of_a_header_that_it_replaces_in()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "UpstreamHeaderTransform": { "Fr": "a, b" } """);

        await RawClient.ExchangeAsync(gateway.Port, "GET /a HTTP/1.1\nHost: x\nFr: a1\nFr: a2\nConnection: close\n\n");

        Assert.Equal("b1", service.Only["Fr"]);
    }

    [Fact]
    public async Task Applies_every_pair_of_a_list_to_every_line()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "UpstreamHeaderTransform": { "Fr": [ "a, b", "1, 9" ] } """);

        await RawClient.ExchangeAsync(gateway.Port, "GET /a HTTP/1.1\nHost: x\nFr: a1\nFr: a2\nConnection: close\n\n");

        Assert.Equal("b9, b2", service.Only["Fr"]);
    }

    [Fact]
    public async Task Sets_a_value_with_commas()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "UpstreamHeaderTransform": { "Accept-Language": { "Set": "en, fr" } } """);

        await SendAsync(gateway, ("Accept-Language", "de"));

        Assert.Equal("en, fr", service.Only["Accept-Language"]);
    }

    [Fact]
    public async Task Adds_global_entries_for_headers_that_the_route_does_not_list()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            """ "UpstreamHeaderTransform": { "Both": "route" } """, """ "UpstreamHeaderTransform": { "Both": "global", "Global": "global" } """);

        await SendAsync(gateway);

        Assert.Equal("route", service.Only["Both"]);
        Assert.Equal("global", service.Only["Global"]);
    }

    [Fact]
    public async Task Replaces_before_it_adds_and_lets_a_host_reach_later_placeholders_but_not_the_service()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            """ "UpstreamHeaderTransform": { "X-Seen": "{UpstreamHost}", "Host": "other.example" } """);

        await SendAsync(gateway);

        Assert.Equal("other.example", service.Only["X-Seen"]);
        Assert.Equal($"127.0.0.1:{service.Port}", service.Only["Host"]);
    }

    [Fact]
    public async Task Takes_the_base_url_from_the_host_where_the_file_has_none()
    {
        await using var service = await StubService.StartAsync();
        var route = """ "UpstreamHeaderTransform": { "B": "{BaseUrl}" } """;
        await using var withSetting = await TestGateway.StartAsync(service, "/a", "/d", route, settings: [("BaseUrl", "http://host.test")]);
        await using var without = await TestGateway.StartAsync(service, "/a", "/d", route);

        await SendAsync(withSetting);
        await SendAsync(without);

        Assert.Equal(["http://host.test", "http://localhost:5000"], service.Seen.Select(s => s["B"]));
    }

    [Fact]
    public async Task Reads_placeholders_that_a_program_adds()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            """ "UpstreamHeaderTransform": { "Stage": "{Stage}", "Key": "{My:Key}", "Fr": "x, {Stage}-{Stage}" } """,
            settings: [("My:Key", "configured")],
            configure: services => services.AddConfigPlaceholders().AddPlaceholder("{Stage}", () => "blue"));

        await SendAsync(gateway, ("Fr", "x"));

        Assert.Equal("blue", service.Only["Stage"]);
        Assert.Equal("configured", service.Only["Key"]);
        Assert.Equal("blue-blue", service.Only["Fr"]);
    }

    [Theory]
    [InlineData("\"Unk\": \"{Nope}\"", "nothing gives the placeholder '{Nope}'")]
    [InlineData("\"Tr\": \"{TraceId}\"", "nothing gives the placeholder '{TraceId}'")]
    [InlineData("\"FrIp\": \"x, {RemoteIpAddress}\"", "nothing gives the placeholder '{RemoteIpAddress}'")]
    [InlineData("\"Fr\": \"x, {BaseUrl\"", "a brace is opened")]
    [InlineData("\"Fr\": \", b\"", "nothing to find")]
    [InlineData("\"Content-Length\": \"5\"", "can't be set")]
    [InlineData("\"Transfer-Encoding\": \"a, b\"", "can't be set")]
    [InlineData("\"a b\": \"c\"", "no header's name")]
    [InlineData("\"A\": \"b\\r\\nEvil: 1\"", "can't stand in a header")]
    [InlineData("\"A\": { \"Put\": \"b\" }", "an object with 'Set'")]
    [InlineData("\"A\": [ [ \"b\" ] ]", "an object with 'Set'")]
    public async Task Refuses_what_would_not_do_what_it_says(string entry, string message)
    {
        var problems = await ConfigurationCheck.ProblemsOfRouteAsync($$""" "UpstreamHeaderTransform": { {{entry}} } """);

        var problem = problems.OnlyError();
        Assert.StartsWith("Routes[0].UpstreamHeaderTransform.", problem.Path, StringComparison.Ordinal);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.NotEmpty(problem.Fix);
    }

    [Fact]
    public async Task Says_where_a_global_entry_stands_and_what_was_meant()
    {
        var problems = await ConfigurationCheck.ProblemsOfRouteAsync("", """ "UpstreamHeaderTransform": { "Ip": "{RemoteIpAdress}" } """);

        var problem = problems.OnlyError();
        Assert.Equal("GlobalConfiguration.UpstreamHeaderTransform.Ip", problem.Path);
        Assert.Equal("Did you mean '{RemoteIpAddress}'?", problem.Fix);
    }

    [Theory]
    [InlineData("\"Fr\": \"a, b, c\"")]
    [InlineData("\"Fr\": \"{BaseUrl}, b\"")]
    [InlineData("\"Part\": \"pre {BaseUrl}\"")]
    public async Task Warns_of_what_does_less_than_it_seems_to(string entry)
    {
        var problems = await ConfigurationCheck.ProblemsOfRouteAsync($$""" "UpstreamHeaderTransform": { {{entry}} } """);

        Assert.StartsWith("Routes[0].UpstreamHeaderTransform.", problems.OnlyWarning().Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_the_header_away_for_an_unknown_placeholder_where_Ocelots_ways_were_chosen()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            """ "UpstreamHeaderTransform": { "Tr": "{TraceId}", "Unk": "{Nope}", "FrIp": "x, {RemoteIpAddress}" } """, """ "Compatibility": "Ocelot25" """);

        await SendAsync(gateway, ("Tr", "keepme"), ("Unk", "keepme"), ("FrIp", "x"));

        Assert.Null(service.Only["Tr"]);
        Assert.Null(service.Only["Unk"]);
        Assert.Equal("x", service.Only["FrIp"]);
    }

    private static Task<HttpResponseMessage> SendAsync(TestGateway gateway, params (string Name, string? Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/a") { Headers = { Host = "public.example:99" } };
        foreach (var (name, value) in headers)
            if (value is not null) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return gateway.SendAsync(request);
    }
}
