namespace Gateway.Tests.Contract;

/// <summary>Contract 02 §4: routes chosen by header, and what a header gives to the path.</summary>
public sealed class C02S4HeaderTemplatesTests(C02S4HeaderTemplatesTests.Setup setup) : IClassFixture<C02S4HeaderTemplatesTests.Setup>
{
    [Theory]
    [InlineData("/h1/7 | Country: UK | Version: 1", "GET /d/1/7")]
    [InlineData("/h1/7 | Country: UK", "404")]
    [InlineData("/h1/7 | Country: uk | Country: de | Version: 1", "404")]
    [InlineData("/h1/7 | Country: ukx | Version: 1", "404")]
    [InlineData("/h2/7?ver=3&z=1 | version: v-9-c", "GET /v/9/7?z=1")]
    [InlineData("/h3 | v: V12", "GET /d3")]
    [InlineData("/h3 | v: x", "404")]
    [InlineData("/h4 | v: a", "404")]
    [InlineData("/h4 | v: A", "GET /d4")]
    [InlineData("/h5/path | x: header", "GET /d5/path")] // on a clash the path's value counts
    [InlineData("/h6 | v: a?q=1", "GET /d6/a%3Fq%3D1/e")] // 00 Encoding; Ocelot injects a query
    public async Task Fits_by_its_headers(string row, string expected) => Assert.Equal(expected, await setup.SeenAsync(row));

    [Fact]
    public async Task A_header_never_leads_out_of_the_template() =>
        Assert.DoesNotContain("/admin", await setup.SeenAsync("/h6 | v: ../../admin"), StringComparison.Ordinal);

    public sealed class Setup : ContractSetup
    {
        protected override IEnumerable<string> Routes =>
        [
            Route("/h1/{a}", "/d/{ver}/{a}", """ "UpstreamHeaderTemplates": { "country": "uk", "version": "{header:ver}" } """),
            Route("/h2/{a}", "/v/{ver}/{a}", """ "UpstreamHeaderTemplates": { "version": "v-{header:ver}-c" } """),
            Route("/h3", "/d3", """ "UpstreamHeaderTemplates": { "v": "v[0-9]+" } """),
            Route("/h4", "/d4", """ "UpstreamHeaderTemplates": { "v": "A" }, "RouteIsCaseSensitive": true """),
            Route("/h5/{n}", "/d5/{n}", """ "UpstreamHeaderTemplates": { "x": "{header:n}" } """),
            Route("/h6", "/d6/{v}/e", """ "UpstreamHeaderTemplates": { "v": "{header:v}" } """),
        ];
    }
}
