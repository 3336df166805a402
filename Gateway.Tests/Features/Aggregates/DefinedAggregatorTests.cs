using System.Net;
using Gateway.Features.Aggregates;
using Gateway.Features.Aggregates.Defined;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Aggregates;

/// <summary>Aggregators in C# (contract 02 §7.3, 08 §4).</summary>
public sealed class DefinedAggregatorTests
{
    [Fact]
    public async Task Gives_the_client_what_the_aggregator_makes_of_all_answers()
    {
        await using var service = await StubService.StartAsync(http =>
        {
            http.Response.StatusCode = http.Request.Path == "/b" ? 404 : 200;
            http.Response.Headers["X-Part"] = http.Request.Path.Value;
            return http.Response.WriteAsync(http.Request.Path.Value!);
        });
        await using var gateway = await StartAsync(service, "a", "b", "ref");

        using var answer = await gateway.GetAsync("/all");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("Joined", answer.ReasonPhrase);
        Assert.Equal("text/x-joined", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["1"], answer.Headers.GetValues("X-Joined"));
        Assert.Equal("a 200 /a /a; b 404 /b /b; ref connection_failed", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Sees_a_single_member_too()
    {
        await using var service = await StubService.StartAsync(http => http.Response.WriteAsync("x"));
        await using var gateway = await StartAsync(service, "a");

        using var answer = await gateway.GetAsync("/all");

        Assert.Equal("a 200  x", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("joining")]
    [InlineData("Joinin")]
    public async Task Is_found_by_its_exact_name(string name)
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, "a");

        var problems = await gateway.ReloadAsync(Json(service, name, "a"));

        Assert.Equal(("Aggregates[0].Aggregator", "Did you mean 'Joining'?"), (problems.OnlyError().Path, problems.OnlyError().Fix));
    }

    private static Task<TestGateway> StartAsync(StubService service, params string[] keys) =>
        TestGateway.StartAsync(Json(service, "Joining", keys), configure: services => services.AddSingletonDefinedAggregator<Joining>());

    private static string Json(StubService service, string aggregator, params string[] keys)
    {
        string[] routes =
        [
            TestGateway.Route(service.Port, "/a", "/a", """ "Key": "a" """),
            TestGateway.Route(service.Port, "/b", "/b", """ "Key": "b" """),
            TestGateway.Route(FreePorts.Take(1)[0], "/ref", "/ref", """ "Key": "ref" """),
        ];
        return $$"""
            { "Routes": [ {{string.Join(", ", routes)}} ],
              "Aggregates": [ { "UpstreamPathTemplate": "/all", "Aggregator": "{{aggregator}}", "RouteKeys": [ {{string.Join(", ", keys.Select(k => $"\"{k}\""))}} ] } ] }
            """;
    }

    internal sealed class Joining : IDefinedAggregator
    {
        public async Task<DownstreamResponse> Aggregate(List<HttpContext> responses)
        {
            var parts = new List<string>();
            foreach (var response in responses)
            {
                if (response.Items.DownstreamResponse() is not { } answer)
                {
                    parts.Add($"{response.Items.RouteKey()} {string.Join(',', response.Items.Errors())}");
                    continue;
                }
                var part = answer.Headers.FirstOrDefault(h => h.Key == "X-Part")?.Values.Single();
                parts.Add($"{response.Items.RouteKey()} {(int)answer.StatusCode} {part} {await answer.Content!.ReadAsStringAsync()}");
            }
            var content = new StringContent(string.Join("; ", parts));
            content.Headers.ContentType = new("text/x-joined");
            return new DownstreamResponse(content, HttpStatusCode.Accepted, [new Header("X-Joined", ["1"])], "Joined");
        }
    }
}
