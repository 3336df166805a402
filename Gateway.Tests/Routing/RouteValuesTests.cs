using Gateway.Routing;

namespace Gateway.Tests.Routing;

/// <summary>Contract 02 §3: what placeholders stand for.</summary>
public sealed class RouteValuesTests
{
    [Theory]
    [InlineData("/a/{x}", "/a/x%20y", "x=x%20y")]
    [InlineData("/a/{x}", "/a", "x=")]
    [InlineData("/a/{x}", "/a/", "x=")]
    [InlineData("/a/{x}", "/a/1/2/", "x=1/2/")]
    // 00 Templates: values are what matched; Ocelot cuts at '&', encoded or not.
    [InlineData("/a/{x}", "/a/x&y", "x=x&y")]
    [InlineData("/a/{x}", "/a/x%26y", "x=x%26y")]
    [InlineData("/a/{x}/b", "/a/p&q/b", "x=p&q")]
    [InlineData("/a/{x}/b", "/a/p%7Cq/b", "x=p%7Cq")]
    [InlineData("/a/{x}-{y}", "/a/1-2-3", "x=1-2", "y=3")]
    [InlineData("/a/{x}-{y}", "/a/-", "x=", "y=")]
    [InlineData("/a/{x}-{y}", "/a/1/2-3", "x=1/2", "y=3")]
    [InlineData("/{x}{y}/z", "/123/z", "x=12", "y=3")]
    [InlineData("/f/{name}.json", "/f/a.json.json", "name=a.json")]
    [InlineData("/w?a={a}&b={b}", "/w?a=1&b=2&c=3", "a=1", "b=2")]
    [InlineData("/w?a={a}&b={b}", "/w?a=1&z=9&b=2", "a=1", "b=2")]
    [InlineData("/w?a={a}&b={b}", "/w?a=1&b=2&b=3", "a=1", "b=2")]
    [InlineData("/w?a={a}&b={b}", "/w?a=&b=", "a=", "b=")]
    [InlineData("/c?{q}", "/c?a=1&b=2", "q=")]
    [InlineData("/e?{a}&k={b}", "/e?x=1&k=5", "a=x=1", "b=5")]
    [InlineData(
        "/api/invoices_{u0}/{u1}-{u2}_abcd/{u3}?urlId={u4}", "/api/invoices_super/123-456_abcd/789?urlId=987",
        "u0=super", "u1=123", "u2=456", "u3=789", "u4=987")]
    public void Reads_values_as_the_client_wrote_them(string template, string target, params string[] expected)
    {
        var values = Sample.Values(Sample.Rule(template), Sample.Request(target));

        Assert.Equal(expected, Sample.Template(template).Names.Select(name => $"{name}={Get(values, name)}"));
    }

    [Theory]
    [InlineData("/{x}:{y}/{z}", "/a%2Cb%3Ac%20/d%40", "x=a%2Cb", "y=c%20", "z=d%40")]
    [InlineData("/{x}:{y}/{z}", "/a:b%3Ac/%26d", "x=a:b", "y=c", "z=%26d")]
    [InlineData("/{x}:{y}/{z}", "/a%3Ab:c/%26", "x=a%3Ab", "y=c", "z=%26")]
    public void Finds_values_beside_escapes_that_literal_text_fits(string template, string target, params string[] expected)
    {
        var values = Sample.Values(Sample.Rule(template), Sample.Request(target));

        Assert.Equal(expected, Sample.Template(template).Names.Select(name => $"{name}={Get(values, name)}"));
    }

    [Fact]
    public void Names_are_compared_exactly()
    {
        var values = Sample.Values(Sample.Rule("/A/{Xx}"), Sample.Request("/a/1"));

        Assert.True(values.TryGet("Xx", out _));
        Assert.False(values.TryGet("xX", out _));
    }

    [Fact]
    public void A_set_value_is_encoded_and_takes_the_place_of_a_captured_one()
    {
        var values = Sample.Values(Sample.Rule("/a/{x}"), Sample.Request("/a/1"));

        values.Set("x", "a b&c/\u00e9");
        values.Set("x", "a b/\u00e9");
        values.SetIfAbsent("x", "later");
        values.SetIfAbsent("y", "new");

        Assert.Equal("a%20b%2F%C3%A9", Get(values, "x"));
        Assert.Equal("new", Get(values, "y"));
        Assert.True(values.TryGetText("x", out var text));
        Assert.Equal("a b/\u00e9", text);
    }

    [Fact]
    public void Values_made_of_nothing_are_empty_until_set()
    {
        var values = new RouteValues();

        Assert.True(values.IsEmpty);
        values.Set("a", "");
        Assert.False(values.IsEmpty);
    }

    private static string Get(RouteValues values, string name) => values.TryGet(name, out var value) ? value : "(none)";
}
