using Gateway.Routing;

namespace Gateway.Tests.Routing;

/// <summary>Contract 02 §2, row by row; where 00-decisions amends a row, a comment says so.</summary>
public sealed class PathTemplateTests
{
    [Theory]
    [InlineData("/a", "/a", "/A")]
    [InlineData("/a/", "/a", "/a/")]
    [InlineData("/a/{x}", "/a", "/a/", "/a/1", "/a/1/", "/a/1/2")]
    [InlineData("/a/{x}/", "/a/1", "/a/1/")]
    [InlineData("/a/{x}/b/{y}", "/a/1/b", "/a/1/b/", "/a/1/b/2", "/a/1/b/2/3")]
    [InlineData("/pre_{x}", "/pre_", "/pre_1", "/pre_1/2")]
    [InlineData("/pre_{x}/z", "/pre_1/z")]
    [InlineData("/a/{x}-{y}", "/a/1-2", "/a/1-2-3")]
    [InlineData("/f/{name}.json", "/f/a.json", "/f/a/b.json")]
    [InlineData("/a.b", "/a.b")]
    [InlineData("/a+b", "/a+b")]
    [InlineData("/x/.hid", "/x/.hid")]
    [InlineData("/my path", "/my%20path")]
    [InlineData("/café", "/caf%C3%A9", "/caf%c3%a9")]
    [InlineData("/my%20path", "/my%20path")]
    [InlineData("/a/{x}?{q}", "/a/1", "/a/1?z=1", "/a/1/?z=1")]
    [InlineData("/w?a={a}&b={b}", "/w?a=1&b=2", "/w?a=1&b=2&c=3", "/w/?a=1&b=2", "/W?A=1&B=2")]
    [InlineData("/{everything}", "/", "/a", "/a/b/", "/a//b?c")]
    [InlineData("/", "/", "/?q=1")]
    [InlineData("/c?{q}", "/c", "/c?", "/c/", "/c/?", "/c?a=1&b=2")]
    [InlineData("/c/?{q}", "/c", "/c/", "/c?a")]
    [InlineData("/e?", "/e", "/e?", "/e/")]
    [InlineData("/{a}/{b}", "/1", "/1/", "/1/2/3")]
    [InlineData("/a/{x}{y}", "/a", "/a/1")]
    [InlineData("/a/{product-id}/{a.b}", "/a/1/2")]
    [InlineData("/s/{sid}/up?unitId={uid}", "/s/1/up?unitId=2", "/s/1/up/?unitId=2", "/s/1/up?unitId=")]
    public void Fits(string template, params string[] targets) => Assert.All(targets, target => Assert.True(Fit(template, target), target));

    [Theory]
    [InlineData("/a", "/a/", "/b", "/")]
    [InlineData("/a/", "/a//", "/a/b")]
    [InlineData("/a/{x}", "/ab")]
    [InlineData("/a/{x}/", "/a/1/2", "/a", "/a/")]
    [InlineData("/a/{x}/b/{y}", "/a//b/2", "/a/1/2/b/3")]
    [InlineData("/pre_{x}/z", "/pre_/z", "/pre_1/2/z")]
    // 00 Templates: an empty value only where the last segment has no further literal text; Ocelot fits '/a' and '/f'.
    [InlineData("/a/{x}-{y}", "/a/1", "/a", "/a/")]
    [InlineData("/f/{name}.json", "/f", "/f/")]
    // 00 Templates: literal text is literal; Ocelot fits these as regular expressions.
    [InlineData("/f/{name}.json", "/f/ajson")]
    [InlineData("/a.b", "/axb")]
    [InlineData("/a+b", "/aab")]
    [InlineData("/x/.hid", "/x", "/x/")]
    [InlineData("/a/{x}?{q}", "/a", "/a/", "/a/1/2?z=1")]
    [InlineData("/w?a={a}&b={b}", "/w?b=2&a=1", "/w", "/w?z=1&a=1&b=2")]
    [InlineData("/", "/a")]
    [InlineData("/e?", "/e?x")]
    [InlineData("/a/{x}/{y}/c", "/a/1/c")]
    public void Does_not_fit(string template, params string[] targets) =>
        Assert.All(targets, target => Assert.False(Fit(template, target), target));

    [Fact]
    public void Minds_case_only_where_told_to()
    {
        Assert.True(Fit("/A/{x}", "/A/1", caseSensitive: true));
        Assert.False(Fit("/A/{x}", "/a/1", caseSensitive: true));
        Assert.False(Fit("/a?K={x}", "/a?k=1", caseSensitive: true));
        Assert.True(Fit("/A/{x}", "/a/1"));
    }

    [Theory]
    [InlineData("/run:now", "/run%3Anow")]
    [InlineData("/run%3Anow", "/run:now")]
    [InlineData("/Products({key})", "/Products%28{1}%29")]
    [InlineData("/a b", "/a%20b")]
    public void Escapes_that_change_nothing_do_not_pass_by_a_template(string template, string target) => Assert.True(Fit(template, target));

    [Theory]
    [InlineData("/a/b", "/a%2Fb")]
    [InlineData("/a%b", "/a%2525b")]
    public void Escapes_that_mean_something_else_do_not_fit(string template, string target) => Assert.False(Fit(template, target));

    [Theory]
    [InlineData("", 0, "empty")]
    [InlineData("a/b", 0, "does not begin with '/'")]
    [InlineData("http://host/a", 0, "begins with 'http://'")]
    [InlineData("HTTPS://host/a", 0, "begins with 'HTTPS://'")]
    [InlineData("/a//b", 2, "'//'")]
    [InlineData("/http://host", 6, "'//'")]
    [InlineData("/x/{a", 3, "no '}' after it")]
    [InlineData("/x/{a/{b}", 3, "no '}' after it")]
    [InlineData("/x/a}", 4, "no '{' before it")]
    [InlineData("/x/{}", 3, "has no name")]
    [InlineData("/x/{a}/{a}", 7, "occurs twice")]
    [InlineData("/x/{a}?b={a}", 9, "occurs twice")]
    [InlineData("/x/{*rest}", 3, "is no placeholder")]
    [InlineData("/x/{id:int}", 3, "is no placeholder")]
    [InlineData("/x/../y", 0, "'..' segment")]
    [InlineData("/x/%2e%2e/y", 0, "'..' segment")]
    public void Reports_a_fault(string text, int offset, string message)
    {
        var faults = new List<TemplateFault>();

        Assert.False(PathTemplate.TryParse(text, caseSensitive: false, out _, faults));

        var fault = Assert.Single(faults);
        Assert.Equal(offset, fault.Offset);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Fix);
    }

    [Fact]
    public void Reports_all_faults_at_once()
    {
        var faults = new List<TemplateFault>();

        Assert.False(PathTemplate.TryParse("a//{b}/{b}/{c", caseSensitive: false, out _, faults));

        Assert.Equal(4, faults.Count);
    }

    private static bool Fit(string template, string target, bool caseSensitive = false)
    {
        var request = Sample.Request(target);
        var parsed = Sample.Template(template, caseSensitive);
        var inTable = Sample.Table(new RouteRule(parsed)).Match(request).Found;

        // The table's tree and the template itself are two ways to the same answer.
        Assert.Equal(parsed.Matches(request.Path.Key, request.QueryText), inTable);
        return inTable;
    }
}
