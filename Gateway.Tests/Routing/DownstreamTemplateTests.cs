using Gateway.Routing;

namespace Gateway.Tests.Routing;

/// <summary>Contract 02 §3 and §5, row by row; where 00-decisions amends a row, a comment says so.</summary>
public sealed class DownstreamTemplateTests
{
    [Theory]
    [InlineData("/a", "/d", "/a?b=c,d&e=f+g&flag", "/d?b=c,d&e=f+g&flag")]
    [InlineData("/a", "/d", "/a??x", "/d?x")]
    [InlineData("/a", "/d", "/a?", "/d")]
    [InlineData("/a/{x}", "/d/{x}", "/a/1?x=9&y=8", "/d/1?y=8")]
    [InlineData("/a/{x}", "/d/{x}", "/a/1?X=9", "/d/1")]
    // 00 Query: valueless stay valueless, untouched parameters keep their bytes (Ocelot: 'flag=', 'a%20b%20c', 'A=1&A=2', 'b%5B%5D=3').
    [InlineData("/a/{x}", "/d/{x}", "/a/1?flag", "/d/1?flag")]
    [InlineData("/a/{x}", "/d/{x}", "/a/1?e=a+b%20c", "/d/1?e=a+b%20c")]
    [InlineData("/a/{x}", "/d/{x}", "/a/1?A=1&a=2", "/d/1?A=1&a=2")]
    [InlineData("/a/{x}", "/d/{x}", "/a/1?b[]=3&c=%26", "/d/1?b[]=3&c=%26")]
    [InlineData("/items/{id}/{Id}", "/i/{Id}/{id}", "/items/1/2?id=3&Id=4&ID=5&extra=x", "/i/2/1?extra=x")]
    [InlineData("/c?{q}", "/d?{q}", "/c", "/d")]
    [InlineData("/c?{q}", "/d?{q}", "/c?", "/d")]
    [InlineData("/c?{q}", "/d?{q}", "/c/", "/d")]
    [InlineData("/c?{q}", "/d?{q}", "/c?a=1&b=2", "/d?a=1&b=2")]
    // 00 Query: repeated values stay repeated, valueless stay (Ocelot: 'a=1,2', lost, '%27').
    [InlineData("/c?{q}", "/d?{q}", "/c?a=1&a=2", "/d?a=1&a=2")]
    [InlineData("/c?{q}", "/d?{q}", "/c?flag", "/d?flag")]
    [InlineData("/c?{q}", "/d?{q}", "/c?$filter=x%20eq%20'y'", "/d?$filter=x%20eq%20'y'")]
    [InlineData("/e?{q}", "/e?{q}&k=1", "/e", "/e?&k=1")]
    [InlineData("/e?{q}", "/e?{q}&k=1", "/e?a=1", "/e?k=1&a=1")]
    [InlineData("/u?userId={userId}", "/p?personId={userId}", "/u?userId=5&z=1", "/p?personId=5&z=1")]
    [InlineData("/u?userId={userId}", "/p?personId={userId}", "/u?userid=5", "/p?personId=5&userid=5")]
    [InlineData("/u?userId={userId}", "/p?personId={userId}", "/u?z=1&userId=5", "404")]
    [InlineData("/u?userId={userId}", "/p?personId={userId}", "/u", "404")]
    [InlineData("/u?userId={uid}", "/p?personId={uid}", "/u?userId=5", "/p?personId=5&userId=5")]
    [InlineData("/s/{sid}/up?unitId={uid}", "/u/{sid}/{uid}/up", "/s/1/up?unitId=2&k=3", "/u/1/2/up?unitId=2&k=3")]
    [InlineData("/u/{sub}/{unit}/up", "/s/{sub}/up?unitId={unit}", "/u/1/2/up?unitId=7", "/s/1/up?unitId=2")]
    [InlineData("/u/{sub}/{unit}/up", "/s/{sub}/up?unitId={unit}", "/u/1/2/up?UNITID=7", "/s/1/up?unitId=2&UNITID=7")]
    // 00 Query: repeated values stay repeated (Ocelot: 'b=1,2').
    [InlineData("/q", "/d?fixed=1", "/q?b=1&b=2", "/d?fixed=1&b=1&b=2")]
    public void Builds_the_url_of_the_contract(string upstream, string downstream, string target, string expected) =>
        Assert.Equal(expected, Sample.Send(upstream, downstream, target));

    [Theory]
    [InlineData("/a/{x}", "/d/{x}", "/a/x%20y", "/d/x%20y")]
    [InlineData("/a/{x}", "/d/{x}", "/a/x%2Fy", "/d/x%2Fy")]
    [InlineData("/a/{x}", "/d/{x}", "/a/caf%C3%A9", "/d/caf%C3%A9")]
    [InlineData("/a/{x}", "/d/{x}", "/a/%25", "/d/%25")]
    [InlineData("/a/{x}", "/d/{x}", "/a", "/d")]
    [InlineData("/a/{x}", "/d/{x}", "/a/", "/d/")]
    // 00 Templates: a value is what matched and keeps its encoding; Ocelot cuts it at '&', encoded or not.
    [InlineData("/a/{x}", "/d/{x}", "/a/x&y", "/d/x&y")]
    [InlineData("/a/{x}", "/d/{x}", "/a/x%26y", "/d/x%26y")]
    // 00 Templates: a captured placeholder always reaches the service; Ocelot sends '%7Bx%7D' in these.
    [InlineData("/a/{x}/b", "/d/{x}", "/a/p&q/b", "/d/p&q")]
    [InlineData("/s/{sid}/up?unitId={uid}", "/d/{sid}/{uid}", "/s/1/up/?unitId=2", "/d/1/2?unitId=2")]
    [InlineData("/a/{x}/c?{q}", "/d/{x}?{q}", "/a/1/c", "/d/1")]
    [InlineData("/a/{x}/c?{q}", "/d/{x}?{q}", "/a/1/c?z=1&z=2", "/d/1?z=1&z=2")]
    [InlineData("/w?a={a}&b={b}", "/d/{b}?a={a}", "/w?a=x/y&b=2", "/d/2?a=x/y")]
    [InlineData("/e?{a}&k={b}", "/d?{a}&k={b}", "/e?x=1&k=5", "/d?x=1&k=5")]
    [InlineData("/a/{product-id}/{a.b}", "/d/{a.b}/{product-id}", "/a/1/2", "/d/2/1")]
    public void Puts_captured_values_where_the_template_names_them(string upstream, string downstream, string target, string expected) =>
        Assert.Equal(expected, Sample.Send(upstream, downstream, target));

    [Theory]
    [InlineData("/a", "/d/", "/a", "/d")]
    [InlineData("/a/", "/d", "/a/", "/d")]
    [InlineData("/a/", "/d/", "/a/", "/d/")]
    [InlineData("/a/", "/d/", "/a", "/d")]
    [InlineData("/a/{x}", "/d/{x}/", "/a", "/d")]
    [InlineData("/a/{x}", "/d/{x}/", "/a/", "/d//")]
    [InlineData("/a/{x}", "/d/{x}?k=1", "/a", "/d/?k=1")]
    [InlineData("/a", "/", "/a", "/")]
    [InlineData("/a/{x}", "/{x}", "/a", "/")]
    public void Adds_no_slash_at_the_end(string upstream, string downstream, string target, string expected) =>
        Assert.Equal(expected, Sample.Send(upstream, downstream, target));

    [Theory]
    [InlineData("/safe/{x}", "/a/%252e%252e/admin", "/safe/%252e%252e/admin")]
    [InlineData("/safe/{x}", "/a/..%2Fadmin", "/safe/..%2Fadmin")]
    [InlineData("/safe/{x}", "/a/%2541", "/safe/%2541")]
    [InlineData("/safe/{x}", "/a/1/../2", "/safe/2")]
    [InlineData("/safe/{x}", "/a/1/../../admin", "404")]
    [InlineData("/safe/%7Euser/#x y/{x}", "/a/1", "/safe/~user/%23x%20y/1")]
    [InlineData("/safe/{x}", "/a/%ZZ%22", "/safe/%25ZZ%22")]
    [InlineData("/one/./two/../{x}", "/a/1", "/one/1")]
    [InlineData("/safe//x", "/a/1", "fault")]
    public void Sends_one_canonical_path(string downstream, string target, string expected)
    {
        // Contract 02 §5: Ocelot decodes twice and so sends '/admin' in the first row and 'A' in the third; 00 Encoding: at most once.
        if (expected == "fault") Assert.False(DownstreamTemplate.TryParse(downstream, new HashSet<string>(), out _, []));
        else Assert.Equal(expected, Sample.Send("/a/{x}", downstream, target));
    }

    [Theory]
    [InlineData("/x../b", "/{a}./b", "/d/{a}/secret", "/d/x./secret")]
    [InlineData("/..-1", "/{a}-{b}", "/d/{a}/secret", "/d/%252E%252E/secret")]
    [InlineData("/..-1", "/{a}-{b}", "/d/t/{b}/files/{a}", "/d/t/1/files/%252E%252E")]
    [InlineData("/x/..-1", "/{a}-{b}", "/d/{a}/secret", "/d/secret")]
    [InlineData("/.-.", "/{a}-{b}", "/d/{a}{b}/secret", "/d/%252E%252E/secret")]
    [InlineData("/q?p=../../admin", "/q?p={p}", "/d/t/{p}", "/d/t/admin")]
    [InlineData("/q?p=a/../../x", "/q?p={p}", "/d/{p}", "/d/x")]
    [InlineData("/q?p=%2E%2e/x", "/q?p={p}", "/d/{p}/e", "/d/x/e")]
    [InlineData("/q?p=/../private", "/q?p={p}", "/d/public{p}", "/d/public/private")]
    [InlineData("/q?p=x/../../private", "/q?p={p}", "/d/public{p}", "/d/public/private")]
    [InlineData("/q?p=./private", "/q?p={p}", "/d/.{p}", "/d/private")]
    [InlineData("/q?p=a?b", "/q?p={p}", "/d/{p}", "/d/a%3Fb")]
    public void A_value_never_climbs_above_its_place(string target, string upstream, string downstream, string expected) =>
        Assert.Equal(expected, Sample.Send(upstream, downstream, target));

    [Theory]
    [InlineData("/a/x&admin=1", "/d?q=x%26admin=1")]
    [InlineData("/a/1+2", "/d?q=1%2B2")]
    [InlineData("/a/x%26y", "/d?q=x%26y")]
    [InlineData("/a/x/y;z=1", "/d?q=x/y;z=1")]
    public void A_value_from_the_path_stays_one_parameter(string target, string expected) =>
        Assert.Equal(expected, Sample.Send("/a/{x}", "/d?q={x}", target));

    [Theory]
    // 03 §5 and 00 Encoding: claim values override captured ones and are encoded; Ocelot inserts them as they are.
    [InlineData("42", "/users/42/a/b?c=1")]
    [InlineData("../../admin", "/users/..%2F..%2Fadmin/a/b?c=1")]
    [InlineData("..", "/users/%252E%252E/a/b?c=1")]
    [InlineData("a?b#c", "/users/a%3Fb%23c/a/b?c=1")]
    public void A_set_value_overrides_and_takes_its_parameter_out_of_the_query(string value, string expected) =>
        Assert.Equal(expected, Sample.Send("/p/{rest}", "/users/{userId}/{rest}", "/p/a/b?c=1&UserId=7", $"userId: {value}"));

    [Theory]
    [InlineData("?a=%ZZ", "?a=%25ZZ")]
    [InlineData("?a=1 2\"<>#\u00e9", "?a=1%202%22%3C%3E%23%C3%A9")]
    [InlineData("?%61=%c3%a9", "?%61=%c3%a9")]
    [InlineData("?a=1&&b", "?a=1&&b")]
    public void Escapes_in_a_query_only_what_no_target_may_hold(string query, string expected) =>
        Assert.Equal(expected, Sample.Downstream("/d").Build(new RouteValues(), "/a", query).Query);

    [Theory]
    [InlineData("/a/{x}", "/d", "/a/1?%78=9&y=8", "/d?y=8")]
    [InlineData("/a/{x}", "/d?%79=1", "/a/1?y=8&%78=1&z", "/d?%79=1&z")]
    [InlineData("/a/{x}", "/d?a=1&a={x}&flag", "/a/2?a=3&b", "/d?a=1&a=2&flag&b")]
    public void Compares_parameter_names_as_they_read_decoded(string upstream, string downstream, string target, string expected) =>
        Assert.Equal(expected, Sample.Send(upstream, downstream, target));

    [Fact]
    public void Reuses_the_strings_where_nothing_changes()
    {
        var query = new string("?b=2&c=3");
        var template = Sample.Downstream("/d");

        var target = template.Build(Sample.Values(Sample.Rule("/a/{x}"), Sample.Request("/a/1")), "/a/1", query);

        Assert.Same(query, target.Query);
        Assert.Same(template.Build(new RouteValues(), "/a", "").Path, target.Path);
    }

    [Fact]
    public void Throws_where_a_promised_value_was_not_set() =>
        Assert.Throws<InvalidOperationException>(() => Sample.Downstream("/d/{x}", "x").Build(new RouteValues(), "/a", ""));

    [Theory]
    [InlineData("", "empty")]
    [InlineData("d", "does not begin with '/'")]
    [InlineData("http://host/d", "begins with 'http://'")]
    [InlineData("/d/{x}/{x}", "occurs twice")]
    [InlineData("/d/{x", "no '}' after it")]
    [InlineData("/d/{y}", "nothing gives the placeholder '{y}' a value")]
    // Contract 02 §3: Ocelot starts and sends '%7BX%7D'; 00: an unresolved downstream placeholder is refused.
    [InlineData("/d/{X}", "nothing gives the placeholder '{X}' a value")]
    public void Reports_a_fault(string text, string message)
    {
        var faults = new List<TemplateFault>();

        Assert.False(DownstreamTemplate.TryParse(text, new HashSet<string> { "x" }, out _, faults));

        Assert.Contains(message, Assert.Single(faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_which_name_was_probably_meant()
    {
        var faults = new List<TemplateFault>();

        DownstreamTemplate.TryParse("/d/{orderid}", new HashSet<string> { "orderId" }, out _, faults);

        Assert.Equal(3, faults[0].Offset);
        Assert.Contains("'{orderId}'", faults[0].Fix, StringComparison.Ordinal);
    }
}
