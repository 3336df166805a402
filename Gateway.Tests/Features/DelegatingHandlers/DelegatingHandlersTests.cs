using System.Net;
using Gateway.Configuration;
using Gateway.Features.DelegatingHandlers;
using Gateway.Pipeline;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.DelegatingHandlers;

/// <summary>Which handlers run, and in what order: the rows of contract 08 §3 and 03 §1.</summary>
public sealed class DelegatingHandlersTests
{
    [Theory]
    [InlineData("[ \"HC\", \"HA\", \"HG2\" ]", "HG1 HC HA HG2")]
    [InlineData("[]", "HG1 HG2")]
    [InlineData("\"HA\"", "HG1 HG2 HA")]
    [InlineData("[ \"HG2\", \"HG1\" ]", "HG2 HG1")]
    [InlineData("[ \"HA\", \"HC\", \"HA\" ]", "HG1 HG2 HA HC")]
    public async Task Runs_global_ones_outside_those_that_the_route_lists_in_its_order(string list, string expected)
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, $$""" "DelegatingHandlers": {{list}} """);

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(expected, service.Only["Seen"]);
        Assert.Equal(string.Join(' ', expected.Split(' ').Reverse()), string.Join(' ', answer.Headers.GetValues("Back")));
    }

    [Theory]
    [InlineData("", "HG1 HG2 HC HA")]
    [InlineData(" \"DelegatingHandlers\": [ \"HA\" ] ", "HG1 HG2 HC HA")]
    [InlineData(" \"DelegatingHandlers\": [ \"HG1\" ] ", "HG2 HC HA HG1")]
    public async Task Runs_what_the_global_section_lists_on_every_route(string more, string expected)
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service, more, """ "DelegatingHandlers": [ "HC", "HA" ] """);

        await gateway.GetAsync("/a");

        Assert.Equal(expected, service.Only["Seen"]);
    }

    [Theory]
    [InlineData("ha", "Did you mean 'HA'?")]
    [InlineData("RequestLoging", "Did you mean 'RequestLogging'?")]
    [InlineData("Nothing", "The handlers are HA, HC, HG1, HG2, ")]
    public async Task Refuses_an_unknown_name_in_every_list(string name, string fix)
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service);

        var own = await gateway.ReloadAsync(Json(service, $$""" "DelegatingHandlers": [ "HA", "{{name}}" ] """));
        var single = await gateway.ReloadAsync(Json(service, $$""" "DelegatingHandlers": "{{name}}" """));
        var global = await gateway.ReloadAsync(Json(service, "", $$""" "DelegatingHandlers": [ "{{name}}" ], "Compatibility": "Ocelot25" """));

        Assert.Equal("Routes[0].DelegatingHandlers[1]", own.OnlyError().Path);
        Assert.Equal("Routes[0].DelegatingHandlers", single.OnlyError().Path);
        Assert.Equal("GlobalConfiguration.DelegatingHandlers[0]", global.OnlyError().Path);
        Assert.All([own, single, global], problems => Assert.Contains(fix, problems.OnlyError().Fix, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Warns_of_a_name_that_is_listed_twice()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await StartAsync(service);

        var problems = await gateway.ReloadAsync(Json(service, """ "DelegatingHandlers": [ "HA", "HA" ] """));

        Assert.Equal(("Routes[0].DelegatingHandlers[1]", Severity.Warning), (Assert.Single(problems).Path, Assert.Single(problems).Severity));
    }

    [Fact]
    public async Task Makes_one_handler_for_each_route_with_what_it_needs_from_DI()
    {
        await using var service = await StubService.StartAsync();
        var routes = $$"""{{TestGateway.Route(service.Port, "/a", "/d")}}, {{TestGateway.Route(service.Port, "/b", "/d")}}""";
        await using var gateway = await TestGateway.StartAsync($$"""{ "Routes": [ {{routes}} ] }""",
            configure: services => services.AddSingleton<Serial>().AddDelegatingHandler<Counting>(global: true));

        foreach (var target in new[] { "/a", "/a", "/b" }) await gateway.GetAsync(target);

        Assert.Equal(["1.1", "1.2", "2.1"], service.Seen.Select(s => s["Count"]));
    }

    [Fact]
    public async Task Lets_a_handler_answer_in_place_of_the_service()
    {
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d", """ "DelegatingHandlers": [ "Mocking" ] """,
            configure: services => services.AddDelegatingHandler<Mocking>());

        using var answer = await gateway.GetAsync("/a");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("mock", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Empty(service.Seen);
    }

    [Fact]
    public void Counts_the_last_registration_of_a_class()
    {
        var services = new ServiceCollection().AddDelegatingHandler<HA>(global: true).AddDelegatingHandler<HA>();

        var factory = Assert.Single(services.BuildServiceProvider().GetServices<IRouteHandlerFactory>());
        Assert.False(factory.IsGlobal);
    }

    [Theory]
    [InlineData(typeof(Serial))]
    [InlineData(typeof(DelegatingHandler))]
    public void Takes_only_classes_that_are_delegating_handlers(Type type) =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddDelegatingHandler(type));

    [Fact]
    public void Does_not_take_two_classes_with_one_name()
    {
        var services = new ServiceCollection().AddDelegatingHandler<HA>().AddDelegatingHandler<Other.HA>().BuildServiceProvider();

        Assert.Throws<InvalidOperationException>(() => new DelegatingHandlersFeature(services.GetServices<IRouteHandlerFactory>()));
    }

    private static Task<TestGateway> StartAsync(StubService service, string more = "", string global = "") => TestGateway.StartAsync(Json(service, more, global),
        configure: services => services
            .AddDelegatingHandler<HG1>(global: true)
            .AddDelegatingHandler<HA>()
            .AddDelegatingHandler<HG2>(global: true)
            .AddDelegatingHandler<HC>());

    private static string Json(StubService service, string more = "", string global = "") =>
        $"{{ \"Routes\": [ {TestGateway.Route(service.Port, "/a", "/d", more)} ], \"GlobalConfiguration\": {{ {global} }} }}";

    /// <summary>Leaves its name on the way there and on the way back.</summary>
    private abstract class Tracer : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var seen = request.Headers.TryGetValues("Seen", out var names) ? names.Single() + " " : "";
            request.Headers.Remove("Seen");
            request.Headers.Add("Seen", seen + GetType().Name);
            var answer = await base.SendAsync(request, cancellationToken);
            answer.Headers.Add("Back", GetType().Name);
            return answer;
        }
    }

    private sealed class HG1 : Tracer;

    private sealed class HG2 : Tracer;

    private sealed class HA : Tracer;

    private sealed class HC : Tracer;

    private static class Other
    {
        public sealed class HA : DelegatingHandler;
    }

    private sealed class Serial
    {
        private int _last;

        public int Next() => Interlocked.Increment(ref _last);
    }

    private sealed class Counting(Serial serial) : DelegatingHandler
    {
        private readonly int _number = serial.Next();
        private int _calls;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("Count", $"{_number}.{++_calls}");
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Mocking : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.Accepted) { Content = new StringContent("mock") });
    }
}
