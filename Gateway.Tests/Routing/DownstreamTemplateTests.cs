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
}
