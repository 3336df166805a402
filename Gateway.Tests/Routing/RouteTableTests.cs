using Gateway.Routing;

namespace Gateway.Tests.Routing;

/// <summary>Contract 02 §1, row by row; where 00-decisions amends a row, a comment says so.</summary>
public sealed class RouteTableTests
{
    private static readonly RouteTable<string> Priorities = Sample.Table(
        Sample.Rule("/p/{all}", priority: 0), Sample.Rule("/p/x"), Sample.Rule("/p/{z}", priority: 0, host: "gw.test"));

    [Theory]
    [InlineData("gw.test", "/p/x", "/p/{z}")]
    [InlineData("other.test", "/p/x", "/p/x")]
    // 00 Host match: case-insensitive; Ocelot chooses '/p/{all}'.
    [InlineData("GW.TEST", "/p/y", "/p/{z}")]
    [InlineData("gw.test:8080", "/p/y", "/p/{z}")]
    [InlineData("gw.test.", "/p/y", "/p/{z}")]
    [InlineData("", "/p/y", "/p/{all}")]
    public void Takes_a_route_with_a_host_before_a_better_one_without(string host, string target, string expected) =>
        Assert.Equal(expected, Priorities.Match(Sample.Request(target, host: host)).Route);

    [Fact]
    public void Takes_the_first_of_equals()
    {
        var table = Sample.Table(Sample.Rule("/same/{a}"), Sample.Rule("/same/{b}"));

        Assert.Equal("/same/{a}", table.Match(Sample.Request("/same/1")).Route);
    }

    [Fact]
    public void Takes_the_first_that_fits_not_the_most_specific()
    {
        var table = Sample.Table(Sample.Rule("/{a}/{b}"), Sample.Rule("/x/{b}"), Sample.Rule("/x/y"));

        Assert.Equal("/{a}/{b}", table.Match(Sample.Request("/x/y")).Route);
    }

    [Fact]
    public void Gives_a_lone_catch_all_priority_0_whatever_it_says()
    {
        var below = Sample.Table(Sample.Rule("/{all}", priority: 99), Sample.Rule("/zz/{all}", priority: -1));
        var above = Sample.Table(Sample.Rule("/{all}", priority: 99), Sample.Rule("/zz/{all}"));

        Assert.Equal("/{all}", below.Match(Sample.Request("/zz/1")).Route);
        Assert.Equal("/zz/{all}", above.Match(Sample.Request("/zz/1")).Route);
    }

    [Fact]
    public void Header_templates_add_no_priority()
    {
        var plain = Sample.Rule("/h");
        var strict = Sample.Rule("/H", headers: "v: 1");
        var request = Sample.Request("/h", headers: "v: 1");

        Assert.Equal("/h", Sample.Table(plain, strict).Match(request).Route);
        Assert.Equal("/H", Sample.Table(strict, plain).Match(request).Route);
        Assert.Equal("/h", Sample.Table(strict, plain).Match(Sample.Request("/h")).Route);
    }

    [Fact]
    public void An_aggregate_comes_after_the_routes()
    {
        var table = Sample.Table(Sample.Rule("/z/{a}"), Sample.Rule("/z/{b}", methods: "GET"));

        Assert.Equal("/z/{a}", table.Match(Sample.Request("/z/1")).Route);
    }

    [Theory]
    [InlineData("GET", "/m")]
    [InlineData("get", "/m")]
    [InlineData("POST", "/M")]
    [InlineData("HEAD", null)]
    [InlineData("OPTIONS", null)]
    public void Compares_methods_ignoring_case_and_spaces(string method, string? expected)
    {
        var table = Sample.Table(Sample.Rule("/m", methods: "get"), Sample.Rule("/M", methods: " Post "));

        var match = table.Match(Sample.Request("/m", method));

        Assert.Equal(expected, match.Found ? match.Route : null);
    }

    [Theory]
    [InlineData("a.example.com", true)]
    [InlineData("A.B.Example.com:443", true)]
    [InlineData("example.com", false)]
    [InlineData("badexample.com", false)]
    [InlineData("a.example.com.evil.test", false)]
    public void A_wildcard_takes_every_name_below_it(string host, bool expected)
    {
        var table = Sample.Table(Sample.Rule("/a", host: "*.example.com"));

        Assert.Equal(expected, table.Match(Sample.Request("/a", host: host)).Found);
    }

    [Fact]
    public void An_exact_host_and_a_wildcard_are_ranked_by_priority_and_place()
    {
        var table = Sample.Table(
            Sample.Rule("/{exact}/b", host: "a.example.com"),
            Sample.Rule("/{wide}/b", host: "*.com", priority: 2),
            Sample.Rule("/{narrow}/b", host: "*.example.com"));

        Assert.Equal("/{wide}/b", table.Match(Sample.Request("/x/b", host: "a.example.com")).Route);
    }

    [Theory]
    [InlineData("[::1]:80")]
    [InlineData("[::1]")]
    public void Takes_an_address_of_version_6_for_a_host(string host)
    {
        var table = Sample.Table(Sample.Rule("/a", host: "[::1]"));

        Assert.True(table.Match(Sample.Request("/a", host: host)).Found);
    }

    [Fact]
    public void Goes_back_where_a_literal_segment_leads_nowhere()
    {
        var table = Sample.Table(Sample.Rule("/a/b/c"), Sample.Rule("/{x}/b/d"), Sample.Rule("/a/{y}/e"), Sample.Rule("/{rest}"));

        Assert.Equal("/{x}/b/d", table.Match(Sample.Request("/a/b/d")).Route);
        Assert.Equal("/a/{y}/e", table.Match(Sample.Request("/a/b/e")).Route);
        Assert.Equal("/{rest}", table.Match(Sample.Request("/a/b/f")).Route);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("example.com:443")]
    public void A_target_that_is_no_path_finds_nothing(string target)
    {
        var table = Sample.Table(Sample.Rule("/{all}"), Sample.Rule("/"));

        Assert.False(table.Match(Sample.Request(target)).Found);
    }

    [Fact]
    public void A_match_that_found_nothing_has_no_route()
    {
        var match = Sample.Table().Match(Sample.Request("/a"));

        Assert.False(match.Found);
        Assert.Throws<InvalidOperationException>(() => match.Route);
    }

    [Fact]
    public void Names_the_methods_that_would_fit()
    {
        var table = Sample.Table(
            Sample.Rule("/m/{id}", methods: "GET,put"),
            Sample.Rule("/m/1", methods: "DELETE"),
            Sample.Rule("/m/2", methods: "PATCH"),
            Sample.Rule("/m/1", methods: "TRACE", host: "other.test"),
            Sample.Rule("/m/1", methods: "HEAD", headers: "v: 1"));

        Assert.Equal(["DELETE", "GET", "PUT"], table.AllowedMethods(Sample.Request("/m/1", "POST")));
        Assert.Empty(table.AllowedMethods(Sample.Request("/n", "POST")));
    }
}
