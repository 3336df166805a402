using Gateway.Routing;

namespace Gateway.Tests.Routing;

/// <summary>Contract 02 §4.</summary>
public sealed class HeaderTemplateTests
{
    [Theory]
    [InlineData("country: uk", "Country: UK", true)]
    [InlineData("country: uk", "country: us", false)]
    [InlineData("country: uk", "land: uk", false)]
    [InlineData("version: {header:ver}", "version: 1", true)]
    [InlineData("version: {header:ver}", "version: ", false)]
    [InlineData("version: v-{header:ver}-c", "version: V-9-C", true)]
    [InlineData("version: v-{header:ver}-c", "version: v--c", false)]
    [InlineData("version: v[0-9]+", "version: v10", true)]
    [InlineData("version: v[0-9]+", "version: v10 ", false)]
    [InlineData("version: 1|2", "version: 12", false)]
    [InlineData("version: 1|2", "version: 2", true)]
    [InlineData("version: {header:api-version.major}", "version: 1", true)]
    public void Fits_the_whole_value(string template, string header, bool expected) =>
        Assert.Equal(expected, Sample.Header(template).Matches(Sample.Request("/", headers: header).Headers));

    [Fact]
    public void Needs_every_header()
    {
        var table = Sample.Table(Sample.Rule("/a", headers: ["country: uk", "version: {header:ver}"]));

        Assert.True(table.Match(Sample.Request("/a", headers: ["Country: UK", "Version: 1"])).Found);
        Assert.False(table.Match(Sample.Request("/a", headers: ["Country: UK"])).Found);
    }

    [Fact]
    public void Joins_repeated_lines_before_it_compares()
    {
        var request = Sample.Request("/", headers: ["country: uk", "country: uk"]);

        Assert.False(Sample.Header("country: uk").Matches(request.Headers));
        Assert.True(Sample.Header("country: uk,uk").Matches(request.Headers));
    }

    [Fact]
    public void Minds_case_where_the_route_does()
    {
        var request = Sample.Request("/", headers: "country: UK");

        Assert.False(Sample.Header("country: uk", caseSensitive: true).Matches(request.Headers));
        Assert.False(Sample.Header("country: u[k]", caseSensitive: true).Matches(request.Headers));
    }

    [Fact]
    public void Captured_names_fill_the_path_and_leave_the_query()
    {
        var rule = Sample.Rule("/h2/{a}", headers: "version: v-{header:ver}-c");
        var request = Sample.Request("/h2/7?ver=3&z=1", headers: "version: v-9-c");

        var target = Sample.Downstream("/v/{ver}/{a}", rule.PlaceholderNames).Build(Sample.Values(rule, request), "/h2/7", request.Query);

        Assert.Equal("/v/9/7?z=1", target.ToString());
    }

    [Fact]
    public void The_path_wins_on_a_clash_of_names()
    {
        var rule = Sample.Rule("/h/{a}", headers: "v: {header:a}");

        var values = Sample.Values(rule, Sample.Request("/h/path", headers: "v: header"));

        Assert.True(values.TryGet("a", out var value));
        Assert.Equal("path", value);
    }

    [Theory]
    // 00 Encoding: header values are percent-encoded; Ocelot sends '/admin' and '/d/a?q=1/e'.
    [InlineData("../../admin", "/d/..%2F..%2Fadmin/e")]
    [InlineData("a?q=1", "/d/a%3Fq%3D1/e")]
    [InlineData("..", "/d/%252E%252E/e")]
    [InlineData("%2e%2e", "/d/%252e%252e/e")]
    public void A_captured_value_is_one_piece_of_a_segment(string value, string expected)
    {
        var rule = Sample.Rule("/a", headers: "v: {header:v}");
        var request = Sample.Request("/a", headers: $"v: {value}");

        var target = Sample.Downstream("/d/{v}/e", "v").Build(Sample.Values(rule, request), "/a", "");

        Assert.Equal(expected, target.ToString());
    }

    [Theory]
    [InlineData("v(", "no regular expression")]
    [InlineData("v)(", "no regular expression")]
    [InlineData(@"(a)\1", "back-reference")]
    [InlineData("(?=a)a", "look-around")]
    [InlineData("{header:}", "is no placeholder")]
    [InlineData("{header:a b}", "is no placeholder")]
    [InlineData("{header:a}-{header:a}", "occurs twice")]
    public void Reports_a_fault(string pattern, string message)
    {
        var faults = new List<TemplateFault>();

        Assert.False(HeaderTemplate.TryParse("v", pattern, caseSensitive: false, out _, faults));

        Assert.Contains(message, Assert.Single(faults).Message, StringComparison.Ordinal);
    }
}
