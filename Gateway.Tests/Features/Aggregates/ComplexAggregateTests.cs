using System.Net;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Aggregates;

/// <summary>Aggregates with <c>RouteKeysConfig</c>: the rows of contract 02 §7.2, as 00 amends them.</summary>
public sealed class ComplexAggregateTests
{
    private const string Config = """ "RouteKeysConfig": [ { "RouteKey": "user", "JsonPath": "PATH", "Parameter": "userId" } ] """;

    [Theory]
    [InlineData("""[{"u":1},{"u":2},{"u":1}]""", "$[*].u", """[{"p":"/users/1"},{"p":"/users/2"}]""")]
    [InlineData("""[{"u":1}]""", "$[*].u", """[{"p":"/users/1"}]""")]
    [InlineData("""[{"u":"a/../b?c=1"}]""", "$[0].u", """{"p":"/users/a%2F..%2Fb%3Fc%3D1"}""")]
    [InlineData("""[{"u":1},{"u":2}]""", "$[0].u", """{"p":"/users/1"}""")]
    [InlineData("""[]""", "$[*].u", "[]")]
    [InlineData("""[]""", "$[0].u", "[]")]
    [InlineData("""[{"u":null},{"u":{"x":1}},{"u":[3]},{"u":true},{"u":"s"}]""", "$[*].u", """[{"p":"/users/true"},{"p":"/users/s"}]""")]
    public async Task Calls_a_member_for_each_value_in_the_first_answer(string first, string path, string users)
    {
        await using var service = await StubService.StartAsync(http => AnswerAsync(http, first));
        await using var gateway = await StartAsync(service, """ "RouteKeys": [ "comments", "user" ], """ + Config.Replace("PATH", path, StringComparison.Ordinal));

        using var answer = await gateway.GetAsync("/all");

        Assert.Equal($$"""{"comments":{{first}},"user":{{users}}}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Calls_members_without_an_entry_once()
    {
        await using var service = await StubService.StartAsync(http => AnswerAsync(http, """[{"u":1},{"u":2}]"""));
        await using var gateway = await StartAsync(service,
            """ "RouteKeys": [ "comments", "other", "user" ], """ + Config.Replace("PATH", "$[*].u", StringComparison.Ordinal));

        using var answer = await gateway.GetAsync("/all");

        Assert.Equal("""{"comments":[{"u":1},{"u":2}],"other":{"p":"/other"},"user":[{"p":"/users/1"},{"p":"/users/2"}]}""",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("/comments", service.Seen[0].Path);
    }

    [Fact]
    public async Task Reads_the_first_answer_whatever_its_status()
    {
        await using var service = await StubService.StartAsync(http =>
        {
            if (http.Request.Path == "/comments") http.Response.StatusCode = 500;
            return AnswerAsync(http, """[{"u":1}]""");
        });
        await using var gateway = await StartAsync(service, """ "RouteKeys": [ "comments", "user" ], """ + Config.Replace("PATH", "$[*].u", StringComparison.Ordinal));

        using var answer = await gateway.GetAsync("/all");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"comments":[{"u":1}],"user":[{"p":"/users/1"}]}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("not json", "aggregate_not_json")]
    [InlineData("", "aggregate_not_json")]
    public async Task Is_a_502_where_the_first_answer_is_not_json(string first, string code)
    {
        await using var service = await StubService.StartAsync(http => AnswerAsync(http, first));
        await using var gateway = await StartAsync(service, """ "RouteKeys": [ "comments", "user" ], """ + Config.Replace("PATH", "$[*].u", StringComparison.Ordinal));

        using var answer = await gateway.GetAsync("/all");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains(code, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Single(service.Seen);
    }

    [Fact]
    public async Task Becomes_the_refusal_of_the_first_call()
    {
        await using var service = await StubService.StartAsync(http => AnswerAsync(http, "[]"));
        await using var gateway = await StartAsync(service, """ "RouteKeys": [ "ref", "user" ], """ + Config.Replace("PATH", "$[*].u", StringComparison.Ordinal));

        using var answer = await gateway.GetAsync("/all");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Refuses_an_answer_that_asks_for_too_many_calls()
    {
        await using var service = await StubService.StartAsync(http => AnswerAsync(http, $"[{string.Join(',', Enumerable.Range(0, 1001))}]"));
        await using var gateway = await StartAsync(service, """ "RouteKeys": [ "comments", "user" ], """ + Config.Replace("PATH", "$[*]", StringComparison.Ordinal));

        using var answer = await gateway.GetAsync("/all");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Single(service.Seen);
    }

    [Theory]
    [InlineData("""{ "RouteKey": "user", "JsonPath": "$[*].u" }""", "RouteKeysConfig[0]", "needs RouteKey, JsonPath and Parameter")]
    [InlineData("""{ "RouteKey": "user", "JsonPath": "$[", "Parameter": "userId" }""", "RouteKeysConfig[0].JsonPath", "is no JSONPath")]
    [InlineData("""{ "RouteKey": "comments", "JsonPath": "$", "Parameter": "userId" }""", "RouteKeysConfig[0].RouteKey", "is called first")]
    [InlineData("""{ "RouteKey": "usr", "JsonPath": "$", "Parameter": "userId" }""", "RouteKeysConfig[0].RouteKey", "none of this aggregate's RouteKeys")]
    public async Task Refuses_an_entry_that_would_do_nothing(string entry, string path, string message)
    {
        await using var service = await StubService.StartAsync();
        var problems = await ConfigurationCheck.ProblemsAsync(Json(service, $$""" "RouteKeys": [ "comments", "user" ], "RouteKeysConfig": [ {{entry}} ] """));

        Assert.Contains(problems, p => p.Path == $"Aggregates[0].{path}" && p.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refuses_a_parameter_that_the_member_does_not_ask_for_and_two_entries_for_one_member()
    {
        await using var service = await StubService.StartAsync();
        var problems = await ConfigurationCheck.ProblemsAsync(Json(service, """
            "RouteKeys": [ "comments", "other", "user" ], "RouteKeysConfig": [
              { "RouteKey": "other", "JsonPath": "$[*].u", "Parameter": "userId" },
              { "RouteKey": "user", "JsonPath": "$[*].u", "Parameter": "userId" },
              { "RouteKey": "user", "JsonPath": "$[*].v", "Parameter": "userId" } ]
            """));

        Assert.Equal(["has an entry already", "doesn't ask for '{userId}'"], problems.Select(p => p.Message)
            .SelectMany(m => new[] { "has an entry already", "doesn't ask for '{userId}'" }.Where(part => m.Contains(part, StringComparison.Ordinal)))
            .OrderByDescending(m => m.StartsWith("has", StringComparison.Ordinal)));
    }

    private static Task<TestGateway> StartAsync(StubService service, string more) => TestGateway.StartAsync(Json(service, more));

    private static string Json(StubService service, string more)
    {
        string[] routes =
        [
            TestGateway.Route(service.Port, "/c", "/comments", """ "Key": "comments" """),
            TestGateway.Route(service.Port, "/u/{userId}", "/users/{userId}", """ "Key": "user" """),
            TestGateway.Route(service.Port, "/o", "/other", """ "Key": "other" """),
            TestGateway.Route(FreePorts.Take(1)[0], "/r", "/ref", """ "Key": "ref" """),
        ];
        return $"{{ \"Routes\": [ {string.Join(", ", routes)} ], \"Aggregates\": [ {{ \"UpstreamPathTemplate\": \"/all\", {more} }} ] }}";
    }

    private static Task AnswerAsync(HttpContext http, string first) => http.Response.WriteAsync(
        http.Request.Path == "/comments"
            ? first
            : $$"""{"p":"{{http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget}}"}""");
}
