using System.Net;
using Gateway.Features.Headers;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Headers;

/// <summary><c>DownstreamHeaderTransform</c>: the rows of contract 03 §4 for answers.</summary>
public sealed class DownstreamHeaderTransformTests
{
    private const string BaseUrl = """ "BaseUrl": "http://base.test" """;

    [Theory]
    [InlineData("Location: {DownstreamBaseUrl}, {BaseUrl}", "Location: http://127.0.0.1:PORT/abc", "http://base.test/abc")]
    [InlineData("Location: {DownstreamBaseUrl}, {BaseUrl}", "Location: /rel", "/rel")]
    [InlineData("X-Fr: a, b", "X-Fr: aab", "bbb")]
    [InlineData("x-case: a, b", "X-Case: a", "a")]
    [InlineData("x-case: a, b", "x-case: a", "b")]
    [InlineData("X-Multi: 1, 9", "X-Multi: 1|21", "9")]
    [InlineData("Content-Language: en, fr", "Content-Language: en", "en")]
    [InlineData("X-Add: added", null, "added")]
    [InlineData("X-Exist: new", "X-Exist: old", "old")]
    [InlineData("x-exist: new", "X-Exist: old", "old")]
    [InlineData("Content-Type: text/x", "Content-Type: application/json", "text/x")]
    [InlineData("Server: gw", "Server: dsrv", "dsrv")]
    [InlineData("Server: gw", null, "gw")]
    [InlineData("X-Ip: {RemoteIpAddress}", null, "127.0.0.1")]
    [InlineData("X-B: {BaseUrl}", null, "http://base.test")]
    [InlineData("X-Part: pre {BaseUrl}", null, "pre {BaseUrl}")]
    [InlineData("X-Powered-By: ", "X-Powered-By: secret", null)]
    public async Task Edits_the_header_as_the_expression_says(string entry, string? sent, string? expected)
    {
        var (header, expression) = (entry.Split(':', 2)[0], entry.Split(':', 2)[1][1..]);
        var port = 0;
        await using var service = await StubService.StartAsync(http => Answer(http, sent?.Replace("PORT", $"{port}", StringComparison.Ordinal)));
        port = service.Port;
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", $$""" "DownstreamHeaderTransform": { "{{header}}": "{{expression}}" } """, BaseUrl);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(expected, Header(answer, header));
    }

    [Fact]
    public async Task Changes_every_line_in_any_case_by_a_list_and_keeps_all_cookies()
    {
        await using var service = await StubService.StartAsync(http => Answer(http, "Set-Cookie: a=1; domain=in|b=2; domain=in"));
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "DownstreamHeaderTransform": { "set-cookie": [ "domain=in, domain=out", "=1, =3" ] } """);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(["a=3; domain=out", "b=2; domain=out"], answer.Headers.GetValues("Set-Cookie"));
    }

    [Fact]
    public async Task Sets_a_value_in_place_of_the_services()
    {
        await using var service = await StubService.StartAsync(http => Answer(http, "Cache-Control: public"));
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "DownstreamHeaderTransform": { "Cache-Control": { "Set": "no-cache, no-store" } } """);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal("no-store, no-cache", Header(answer, "Cache-Control"));
    }

    [Fact]
    public async Task Adds_global_entries_for_headers_that_the_route_does_not_list()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            """ "DownstreamHeaderTransform": { "X-Both": "route" } """, """ "DownstreamHeaderTransform": { "X-Both": "global", "X-Global": "global" } """);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal("route", Header(answer, "X-Both"));
        Assert.Equal("global", Header(answer, "X-Global"));
    }

    [Fact]
    public async Task Finds_what_the_hosts_configuration_holds_where_the_program_wants_that()
    {
        await using var service = await StubService.StartAsync(http => Answer(http, "D: a-val-b"));
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "DownstreamHeaderTransform": { "D": "{MyKey:Sub}, zz" } """,
            settings: [("MyKey:Sub", "val")], configure: services => services.AddConfigPlaceholders());

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal("a-zz/-b", Header(answer, "D"));
    }

    [Fact]
    public async Task Shows_the_trace_that_the_service_saw()
    {
        using var log = new LogRecorder(); // the platform traces requests where something listens
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "DownstreamHeaderTransform": { "X-Trace": "{TraceId}" } """,
            configure: services => services.AddSingleton<ILoggerProvider>(log));

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(service.Only["traceparent"]!.Split('-')[1], Header(answer, "X-Trace"));
    }

    [Fact]
    public async Task Leaves_the_gateways_own_refusals_alone()
    {
        await using var gateway = await TestGateway.StartAsync(FreePorts.Take(1)[0], "/a", "/d", """ "DownstreamHeaderTransform": { "X-Add": "added" } """);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Null(Header(answer, "X-Add"));
    }

    [Theory]
    [InlineData("\"X-Db\": \"{DownstreamBaseUrl}\"", "nothing gives the placeholder '{DownstreamBaseUrl}'")]
    [InlineData("\"X-Unk\": \"{Nope}\"", "nothing gives the placeholder '{Nope}'")]
    [InlineData("\"Location\": \"{DownstreamBaseUrl}, {Nope}\"", "nothing gives the placeholder '{Nope}'")]
    [InlineData("\"Location\": \",x\"", "nothing to find")]
    [InlineData("\"Content-Length\": \"1\"", "can't be set")]
    public async Task Refuses_what_would_not_do_what_it_says(string entry, string message)
    {
        var problems = await ConfigurationCheck.ProblemsOfRouteAsync($$""" "DownstreamHeaderTransform": { {{entry}} } """);

        Assert.Contains(message, problems.OnlyError().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"location\": \"a, b\"", "Write 'Location'")]
    [InlineData("\"Content-Type\": \"a, b\"", "[ \"find, replace\" ]")]
    public async Task Warns_of_headers_that_find_and_replace_never_sees(string entry, string fix)
    {
        var problems = await ConfigurationCheck.ProblemsOfRouteAsync($$""" "DownstreamHeaderTransform": { {{entry}} } """);

        Assert.Contains(fix, problems.OnlyWarning().Fix, StringComparison.Ordinal);
    }

    private static Task Answer(HttpContext http, string? header)
    {
        if (header?.Split(": ", 2) is [var name, var values])
            foreach (var value in values.Split('|')) http.Response.Headers.Append(name, value);
        return http.Response.WriteAsync("{}");
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(" / ", values) : null;
}
