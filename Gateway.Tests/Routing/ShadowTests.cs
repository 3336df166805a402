namespace Gateway.Tests.Routing;

public sealed class ShadowTests
{
    [Theory]
    [InlineData("/a/{x}", "/a/{y}")]
    [InlineData("/A", "/a")]
    [InlineData("/a/{x}", "/a/b/c")]
    [InlineData("/a/{x}", "/a")]
    [InlineData("/a/{x}", "/a/")]
    [InlineData("/a/{x}", "/a/{x}-{y}")]
    [InlineData("/a/{x}", "/a/{x}/b")]
    [InlineData("/a/", "/a")]
    [InlineData("/{x}/{y}", "/a/{y}")]
    [InlineData("/a?{q}", "/a?x={x}")]
    [InlineData("/a?{q}", "/a")]
    [InlineData("/a?x={x}", "/a?x={x}&y={y}")]
    [InlineData("/{x}-{y}", "/{x}-{y}-{z}")]
    [InlineData("/p{x}", "/pq{x}")]
    [InlineData("/p{x}", "/pq/r/{x}/s")]
    [InlineData("/a:b", "/a%3Ab")]
    public void A_template_hides_a_narrower_one_behind_it(string first, string second)
    {
        var shadow = Assert.Single(Sample.Table(Sample.Rule(first), Sample.Rule(second)).FindShadows());

        Assert.Equal((second, first), (shadow.Hidden.Route, shadow.By.Route));
    }

    [Theory]
    [InlineData("/a", "/a/")]
    [InlineData("/a/", "/a/{x}")]
    [InlineData("/a/{x}/", "/a/{x}")]
    [InlineData("/a/{x}/{y}", "/a/{x}")]
    [InlineData("/a/{x}-{y}", "/a/{x}")]
    [InlineData("/a/{x}{y}/z", "/a/{x}/z")]
    [InlineData("/p{x}", "/{x}/q")]
    [InlineData("/a?x={x}", "/a")]
    [InlineData("/a?x={x}", "/a?{q}")]
    [InlineData("/a?x={x}&y={y}", "/a?x={x}")]
    [InlineData("/a/b", "/a/{x}")]
    // The second also takes '/a/?x=1'.
    [InlineData("/a", "/a?x={x}")]
    [InlineData("/a/{x}?{q}", "/a/{x}")]
    [InlineData("/a/{x}", "/b/{x}")]
    public void A_template_does_not_hide_a_wider_one(string first, string second) =>
        Assert.Empty(Sample.Table(Sample.Rule(first), Sample.Rule(second)).FindShadows());

    [Fact]
    public void Only_rules_that_are_asked_first_hide_others()
    {
        Assert.Empty(Sample.Table(Sample.Rule("/a"), Sample.Rule("/{all}")).FindShadows());
        Assert.Empty(Sample.Table(Sample.Rule("/{all}", priority: 9), Sample.Rule("/a")).FindShadows());
        Assert.Single(Sample.Table(Sample.Rule("/{all}", priority: 9), Sample.Rule("/a", priority: -1)).FindShadows());
        Assert.Single(Sample.Table(Sample.Rule("/a"), Sample.Rule("/{x}b", priority: 3), Sample.Rule("/a", priority: 2)).FindShadows());
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("h.test", "h.test", true)]
    [InlineData("h.test", "H.TEST", true)]
    [InlineData("*.test", "h.test", true)]
    [InlineData("*.test", "*.h.test", true)]
    [InlineData("*.h.test", "*.test", false)]
    [InlineData("h.test", "*.test", false)]
    [InlineData("*.h.test", "h.test", false)]
    [InlineData("h.test", null, false)]
    // A route with a host is asked before one without, whatever their order.
    [InlineData(null, "h.test", false)]
    public void Hosts_hide_what_they_cover(string? first, string? second, bool hidden)
    {
        var table = Sample.Table(Sample.Rule("/a", host: first), Sample.Rule("/A", host: second));

        Assert.Equal(hidden, table.FindShadows().Any(shadow => shadow.Hidden.Route == "/A"));
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "GET", true)]
    [InlineData("GET,POST", "post", true)]
    [InlineData("GET", "", false)]
    [InlineData("GET", "GET,POST", false)]
    public void Methods_hide_what_they_cover(string first, string second, bool hidden)
    {
        var table = Sample.Table(Sample.Rule("/a", methods: first), Sample.Rule("/A", methods: second));

        Assert.Equal(hidden, table.FindShadows().Count == 1);
    }

    [Theory]
    [InlineData("", "v: 1", true)]
    [InlineData("v: 1", "V: 1", true)]
    [InlineData("v: {header:a}", "v: {header:b}", true)]
    [InlineData("v: 1", "v: 2", false)]
    [InlineData("v: 1", "", false)]
    public void Headers_hide_what_asks_for_the_same_or_more(string first, string second, bool hidden)
    {
        var table = Sample.Table(
            Sample.Rule("/a", headers: first.Length > 0 ? [first] : []), Sample.Rule("/A", headers: second.Length > 0 ? [second] : []));

        Assert.Equal(hidden, table.FindShadows().Count == 1);
    }

    [Theory]
    [InlineData("/a", false)]
    [InlineData("/1/{x}", true)]
    public void A_template_that_minds_case_hides_only_what_has_no_letters(string template, bool hidden)
    {
        var table = Sample.Table(Sample.Rule(template, caseSensitive: true), Sample.Rule(template));

        Assert.Equal(hidden, table.FindShadows().Count == 1);
    }

    [Fact]
    public void A_rule_that_takes_only_some_of_the_requests_does_not_keep_another_from_hiding_all()
    {
        var table = Sample.Table(Sample.Rule("/a/{x}/", priority: 3), Sample.Rule("/a/{x}", priority: 2), Sample.Rule("/a/{y}"));

        var shadow = Assert.Single(table.FindShadows());

        Assert.Equal(("/a/{y}", "/a/{x}"), (shadow.Hidden.Route, shadow.By.Route));
        Assert.Equal("/a/{x}", table.Match(Sample.Request(shadow.Example.Target)).Route);
    }

    [Fact]
    public void The_example_is_a_request_that_can_be_sent()
    {
        var table = Sample.Table(
            Sample.Rule("/orders/{rest}", host: "*.shop.test"),
            Sample.Rule("/orders/{id}/lines?page={n}", host: "*.shop.test", methods: "PUT,GET", headers: "version: v[0-9]+"));

        var example = Assert.Single(table.FindShadows()).Example;

        Assert.Equal("PUT http://any.shop.test/orders/any/lines?page=any (version: v[0-9]+)", example.ToString());
    }

    [Fact]
    public void The_example_avoids_a_third_route_that_takes_some_of_the_requests()
    {
        var table = Sample.Table(Sample.Rule("/a/any", priority: 3), Sample.Rule("/a/{x}", priority: 2), Sample.Rule("/a/{y}"));

        var example = Assert.Single(table.FindShadows()).Example;

        Assert.Equal("/a/{x}", table.Match(Sample.Request(example.Target)).Route);
    }
}
