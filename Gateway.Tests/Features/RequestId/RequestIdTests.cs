using System.Text.Json;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.RequestId;

/// <summary>The rows of contract 03 §6 and 08 §9.2.</summary>
public sealed class RequestIdTests
{
    private const string Global = """ "RequestIdKey": "X-Rid" """;
    private const string Own = """ "RequestIdKey": "X-Route" """;

    [Fact]
    public async Task Passes_the_clients_id_on()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", global: Global);

        await SendAsync(gateway, ("X-Rid", "abc"));

        Assert.Equal("abc", service.Only["X-Rid"]);
    }

    [Fact]
    public async Task Makes_an_id_where_the_client_sent_none()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", global: Global);

        await SendAsync(gateway);
        await SendAsync(gateway);

        Assert.All(service.Seen, s => Assert.NotEmpty(s["X-Rid"]!));
        Assert.NotEqual(service.Seen[0]["X-Rid"], service.Seen[1]["X-Rid"]);
    }

    [Fact]
    public async Task Sends_the_global_id_under_the_routes_own_key_too()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", Own, Global);

        await SendAsync(gateway, ("X-Rid", "abc"));

        Assert.Equal("abc", service.Only["X-Rid"]);
        Assert.Equal("abc", service.Only["X-Route"]);
    }

    [Fact]
    public async Task Leaves_both_headers_as_the_client_sent_them()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", Own, Global);

        await SendAsync(gateway, ("X-Rid", "abc"), ("X-Route", "zzz"));

        Assert.Equal("abc", service.Only["X-Rid"]);
        Assert.Equal("zzz", service.Only["X-Route"]);
    }

    [Fact]
    public async Task Adds_nothing_without_a_key()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d");

        await SendAsync(gateway, ("RequestId", "1"));
        await SendAsync(gateway);

        Assert.Equal("1", service.Seen[0]["RequestId"]);
        Assert.Null(service.Seen[1]["RequestId"]);
    }

    [Fact]
    public async Task Does_not_send_the_id_back_to_the_client()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", global: Global);

        using var answer = await SendAsync(gateway, ("X-Rid", "abc"));

        Assert.False(answer.Headers.Contains("X-Rid"));
    }

    [Theory]
    [InlineData("", "RequestId", "abc", "abc")]
    [InlineData(Global, "X-Rid", "abc", "abc")]
    [InlineData(Global, "X-Rid", "a b", null)]
    [InlineData(Global, "X-Rid", "", null)]
    public async Task Shows_the_clients_id_in_refusals_if_it_can_be_one(string global, string header, string sent, string? expected)
    {
        await using var gateway = await TestGateway.StartAsync(FreePorts.Take(1)[0], "/a", "/d", global: global);

        using var answer = await SendAsync(gateway, (header, sent));

        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("requestId").GetString();
        if (expected is null) Assert.NotEqual(sent, id);
        else Assert.Equal(expected, id);
    }

    [Fact]
    public async Task Replaces_an_id_that_is_too_long_for_a_log()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", global: Global);

        await SendAsync(gateway, ("X-Rid", new string('x', 128)));
        await SendAsync(gateway, ("X-Rid", new string('x', 129)));

        Assert.Equal(new string('x', 128), service.Seen[0]["X-Rid"]);
        Assert.DoesNotContain('x', service.Seen[1]["X-Rid"]!);
    }

    [Fact]
    public async Task Takes_an_id_that_a_header_transform_made()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", $$""" {{Own}}, "UpstreamHeaderTransform": { "X-Route": "made" } """);

        await SendAsync(gateway);

        Assert.Equal("made", service.Only["X-Route"]);
    }

    [Theory]
    [InlineData("Authorization")]
    [InlineData("cookie")]
    [InlineData("X Rid")]
    public async Task Refuses_a_header_that_is_not_for_ids(string header)
    {
        var problems = await ConfigurationCheck.ProblemsOfRouteAsync($$""" "RequestIdKey": "{{header}}" """);

        Assert.Equal("Routes[0].RequestIdKey", problems.OnlyError().Path);
    }

    private static Task<HttpResponseMessage> SendAsync(TestGateway gateway, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/a");
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return gateway.SendAsync(request);
    }
}
