using Gateway.Routing;

namespace Gateway.Tests.Routing;

/// <summary>What a match may cost: no memory, and time that follows the path and not the table.</summary>
public sealed class RouteTableCostTests
{
    private const int Many = 10_000;

    public static TheoryData<string, string, string> Tables => new()
    {
        { "a first segment of their own", "/service{0}/orders/{{id}}", "/service{0}/orders/17" },
        { "the same first segments", "/api/v1/service{0}/{{rest}}", "/api/v1/service{0}/a/b/c" },
        { "a placeholder at the start", "/{{tenant}}/service{0}/{{id}}/lines", "/acme/service{0}/17/lines" },
        { "a placeholder within a segment", "/odata/entity{0}({{key}})", "/odata/entity{0}(17)" },
        { "a placeholder before the text that differs", "/files/{{name}}.type{0}", "/files/a/b.type{0}" },
        { "a placeholder within an inner segment", "/odata/{{set}}-entity{0}/x", "/odata/a-entity{0}/x" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Reaches_few_rules_of_many_that_have(string what, string template, string target)
    {
        var trees = new HostTrees();
        for (var i = 0; i < Many; i++) trees.Add(new RankedRoute(Sample.Rule(Numbered(template, i)), i));

        foreach (var i in (int[])[0, Many / 2, Many - 1])
        {
            var asked = new List<int>();
            var rank = trees.Find("", Sample.Request(Numbered(target, i)).Path.Key, new Noting(asked));

            Assert.True(rank == i, $"{what}: {rank} in place of {i}");
            Assert.InRange(asked.Count, 1, 3);
        }
    }

    [Fact]
    public void Reaches_no_rule_behind_a_better_one()
    {
        var trees = new HostTrees();
        for (var i = 0; i < Many; i++) trees.Add(new RankedRoute(Sample.Rule(i == 0 ? "/api/x" : $"/{{a}}/x?i={i}"), i));

        var asked = new List<int>();
        trees.Find("", "/api/x", new Noting(asked));

        Assert.Equal([0], asked);
    }

    [Fact]
    public void Finds_shadows_of_many_rules_without_comparing_each_with_each()
    {
        // Compared pair by pair these are a hundred million templates, which no run of the tests would wait for.
        var others = Enumerable.Range(0, Many).Select(i => Sample.Rule($"/{{t}}/s{i}/{{x}}"));
        var twins = Enumerable.Range(0, Many).Select(_ => Sample.Rule("/same/{x}"));
        var table = Sample.Table([.. others, .. twins]);

        Assert.Equal(Many - 1, table.FindShadows().Count);
    }

    [Theory]
    [InlineData("GET", "/orders/17", "")]
    [InlineData("GET", "/api/v1/service7/a/b/c?page=2&size=3", "h.test:8080")]
    [InlineData("post", "/ORDERS/17/lines", "x.h.test")]
    [InlineData("GET", "/nothing/here", "")]
    [InlineData("GET", "/caf%C3%A9/a%3Ab", "")]
    public void Takes_no_memory(string method, string target, string host)
    {
        var table = Sample.Table(
        [
            .. Enumerable.Range(0, 100).Select(i => Sample.Rule($"/api/v1/service{i}/{{rest}}", methods: "GET,POST")),
            Sample.Rule("/orders/{id}", headers: ["version: {header:v}", "country: uk"]),
            Sample.Rule("/{a}/{b}/lines", caseSensitive: true, host: "*.h.test"),
            Sample.Rule("/Orders/{a}-{b}/lines"),
            Sample.Rule("/api/{rest}?page={p}", host: "h.test"),
            Sample.Rule("/café/{x}:{y}"),
        ]);
        var request = Sample.Request(target, method, host, "version: 1", "country: UK");
        for (var i = 0; i < 1_000; i++) table.Match(request);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) table.Match(request);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Long_values_between_many_placeholders_take_linear_time()
    {
        // A backtracking expression needs about length^9 steps for this.
        var template = Sample.Template("/" + string.Join('-', Enumerable.Range(0, 10).Select(i => $"{{p{i}}}")) + "!");

        Assert.False(template.MatchesPath("/" + new string('-', 8_000)));
    }

    private static string Numbered(string text, int number) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, text, number);

    private readonly struct Noting(List<int> asked) : IRouteTest
    {
        public bool Accepts(RankedRoute route)
        {
            asked.Add(route.Rank);
            return true;
        }
    }
}
