namespace Gateway.Tests.Contract;

/// <summary>Contract 02 §2, §3 and §5 over HTTP: each template on a host of its own.</summary>
public sealed class C02S2TemplatesTests(C02S2TemplatesTests.Setup setup) : IClassFixture<C02S2TemplatesTests.Setup>
{
    // Where a row follows 00 instead of Ocelot, it says so.
    private static readonly (string Upstream, string Downstream, string Target, string Expected)[] Table =
    [
        ("/a", "/d", "/a", "/d"), ("/a", "/d", "/A", "/d"), ("/a", "/d", "/a/", "404"),
        ("/a", "/d", "/a?b=c,d&e=f+g&flag", "/d?b=c,d&e=f+g&flag"), ("/a", "/d", "/a??x", "/d?x"), ("/a", "/d", "/a?", "/d"),
        ("/a/", "/d/", "/a", "/d"), ("/a/", "/d/", "/a/", "/d/"), ("/a/", "/d/", "/a//", "404"),
        ("/a/{x}", "/d/{x}", "/a", "/d"), ("/a/{x}", "/d/{x}", "/a/", "/d/"), ("/a/{x}", "/d/{x}", "/a/1", "/d/1"),
        ("/a/{x}", "/d/{x}", "/a/1/", "/d/1/"), ("/a/{x}", "/d/{x}", "/a/1/2", "/d/1/2"), ("/a/{x}", "/d/{x}", "/ab", "404"),
        ("/a/{x}", "/d/{x}", "/a/x%20y", "/d/x%20y"), ("/a/{x}", "/d/{x}", "/a/x%2Fy", "/d/x%2Fy"),
        ("/a/{x}", "/d/{x}", "/a/caf%C3%A9", "/d/caf%C3%A9"), ("/a/{x}", "/d/{x}", "/a/%25", "/d/%25"),
        ("/a/{x}", "/d/{x}", "/a/x&y", "/d/x&y"), // 00 Templates; Ocelot cuts at the '&'
        ("/a/{x}", "/d/{x}", "/a/x%26y", "/d/x%26y"), // 00 Templates
        ("/a/{x}", "/d/{x}", "/a/1?x=9&y=8", "/d/1?y=8"), ("/a/{x}", "/d/{x}", "/a/1?X=9", "/d/1"),
        ("/a/{x}", "/d/{x}", "/a/1?flag", "/d/1?flag"), // 00 Query; Ocelot 'flag='
        ("/a/{x}", "/d/{x}", "/a/1?e=a+b%20c", "/d/1?e=a+b%20c"), // 00 Query
        ("/a/{x}", "/d/{x}", "/a/%252e%252e/admin", "/d/%252e%252e/admin"), // 00 Encoding; Ocelot '/admin'
        ("/a/{x}", "/d/{x}", "/a/%6Cog", "/d/log"), ("/a/{x}", "/d/{x}", "/a/b//c", "/d/b//c"),
        ("/a/{x}/", "/d/{x}", "/a/1", "/d/1"), ("/a/{x}/", "/d/{x}", "/a/1/", "/d/1"), ("/a/{x}/", "/d/{x}", "/a/1/2", "404"), ("/a/{x}/", "/d/{x}", "/a", "404"),
        ("/a/{x}/b/{y}", "/d/{x}/{y}", "/a/1/b", "/d/1"), ("/a/{x}/b/{y}", "/d/{x}/{y}", "/a/1/b/2", "/d/1/2"),
        ("/a/{x}/b/{y}", "/d/{x}/{y}", "/a/1/b/2/3", "/d/1/2/3"), ("/a/{x}/b/{y}", "/d/{x}/{y}", "/a//b/2", "404"), ("/a/{x}/b/{y}", "/d/{x}/{y}", "/a/1/2/b/3", "404"),
        ("/pre_{x}", "/d/{x}", "/pre_1", "/d/1"), ("/pre_{x}", "/d/{x}", "/pre_1/2", "/d/1/2"),
        ("/pre_{x}/z", "/d/{x}", "/pre_1/z", "/d/1"), ("/pre_{x}/z", "/d/{x}", "/pre_/z", "404"),
        ("/a/{x}-{y}", "/d/{x}/{y}", "/a/1-2", "/d/1/2"), ("/a/{x}-{y}", "/d/{x}/{y}", "/a/1-2-3", "/d/1-2/3"), ("/a/{x}-{y}", "/d/{x}/{y}", "/a/1", "404"),
        ("/a/{x}-{y}", "/d/{x}/{y}", "/a", "404"), // 00 Templates
        ("/f/{name}.json", "/d/{name}", "/f/a.json", "/d/a"), ("/f/{name}.json", "/d/{name}", "/f/a/b.json", "/d/a/b"),
        ("/f/{name}.json", "/d/{name}", "/f/ajson", "404"), ("/f/{name}.json", "/d/{name}", "/f", "404"), // 00 Templates
        ("/a.b", "/d", "/a.b", "/d"), ("/a.b", "/d", "/axb", "404"), ("/a+b", "/d", "/a+b", "/d"), ("/a+b", "/d", "/aab", "404"), // 00 Templates
        ("/my%20path", "/d", "/my%20path", "/d"),
        ("/a/{x}?{q}", "/d/{x}?{q}", "/a/1", "/d/1"), ("/a/{x}?{q}", "/d/{x}?{q}", "/a/1?z=1", "/d/1?z=1"),
        ("/a/{x}?{q}", "/d/{x}?{q}", "/a", "404"), ("/a/{x}?{q}", "/d/{x}?{q}", "/a/1/2?z=1", "404"),
        ("/w?a={a}&b={b}", "/d/{a}/{b}", "/w?a=1&b=2", "/d/1/2"), ("/w?a={a}&b={b}", "/d/{a}/{b}", "/w?a=1&b=2&c=3", "/d/1/2?c=3"),
        ("/w?a={a}&b={b}", "/d/{a}/{b}", "/w?b=2&a=1", "404"), ("/w?a={a}&b={b}", "/d/{a}/{b}", "/w", "404"),
        ("/api/invoices_{u0}/{u1}-{u2}_abcd/{u3}?urlId={u4}", "/{u0}/{u1}/{u2}/{u3}/{u4}", "/api/invoices_super/123-456_abcd/789?urlId=987", "/super/123/456/789/987?urlId=987"),
        ("/items/{id}/{Id}", "/i/{Id}/{id}", "/items/1/2?id=3&Id=4&ID=5&extra=x", "/i/2/1?extra=x"),
        ("/c?{q}", "/d?{q}", "/c", "/d"), ("/c?{q}", "/d?{q}", "/c?", "/d"), ("/c?{q}", "/d?{q}", "/c/", "/d"),
        ("/c?{q}", "/d?{q}", "/c?a=1&b=2", "/d?a=1&b=2"), ("/c?{q}", "/d?{q}", "/c?a=1&a=2", "/d?a=1&a=2"), // 00 Query; Ocelot 'a=1,2'
        ("/e?{q}", "/e?{q}&k=1", "/e", "/e?&k=1"), ("/e?{q}", "/e?{q}&k=1", "/e?a=1", "/e?k=1&a=1"),
        ("/u?userId={userId}", "/p?personId={userId}", "/u?userId=5&z=1", "/p?personId=5&z=1"), ("/u?userId={userId}", "/p?personId={userId}", "/u?userid=5", "/p?personId=5&userid=5"),
        ("/u?userId={userId}", "/p?personId={userId}", "/u?z=1&userId=5", "404"), ("/u?userId={userId}", "/p?personId={userId}", "/u", "404"),
        ("/u?userId={uid}", "/p?personId={uid}", "/u?userId=5", "/p?personId=5&userId=5"),
        ("/s/{sid}/up?unitId={uid}", "/u/{sid}/{uid}/up", "/s/1/up?unitId=2&k=3", "/u/1/2/up?unitId=2&k=3"),
        ("/u/{sub}/{unit}/up", "/s/{sub}/up?unitId={unit}", "/u/1/2/up?unitId=7", "/s/1/up?unitId=2"), ("/u/{sub}/{unit}/up", "/s/{sub}/up?unitId={unit}", "/u/1/2/up?UNITID=7", "/s/1/up?unitId=2&UNITID=7"),
        ("/q", "/d?fixed=1", "/q?b=1&b=2", "/d?fixed=1&b=1&b=2"), // 00 Query
        ("/{everything}", "/{everything}", "/", "/"), ("/{everything}", "/{everything}", "/a/b/?c=1", "/a/b/?c=1"), ("/", "/d", "/", "/d"), ("/", "/d", "/x", "404"),
    ];

    public static TheoryData<string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var row in Table) rows.Add($"{row.Upstream} → {row.Downstream}", row.Target, row.Expected);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Becomes_the_services_url(string templates, string target, string expected)
    {
        var seen = await setup.SeenAsync($"{target} | Host: {Setup.HostOf(templates)}");

        Assert.Equal(expected, seen.Replace("GET ", "", StringComparison.Ordinal));
    }

    public sealed class Setup : ContractSetup
    {
        private static readonly List<string> Pairs = [.. Table.Select(row => $"{row.Upstream} → {row.Downstream}").Distinct()];

        protected override IEnumerable<string> Routes => Pairs.Select(pair => pair.Split(" → ")).Select((pair, i) => Route(pair[0], pair[1], $"\"UpstreamHost\": \"r{i}.test\""));

        internal static string HostOf(string templates) => $"r{Pairs.IndexOf(templates)}.test";
    }
}
