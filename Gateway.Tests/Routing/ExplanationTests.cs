using Gateway.Routing;

namespace Gateway.Tests.Routing;

public sealed class ExplanationTests
{
    [Fact]
    public void Lists_what_fits_the_path_in_the_order_it_is_asked_with_the_reason_it_lost()
    {
        var table = Sample.Table(
            Sample.Rule("/{all}", priority: 7),
            Sample.Rule("/orders/{id}"),
            Sample.Rule("/orders/{id}/", priority: 5),
            Sample.Rule("/ORDERS/{id}", caseSensitive: true),
            Sample.Rule("/orders/7", methods: "PUT,DELETE"),
            Sample.Rule("/orders/{id}?page={n}", priority: 2),
            Sample.Rule("/orders/{v}", priority: 2, headers: "version: v[0-9]+"),
            Sample.Rule("/{x}/7", host: "shop.test", priority: -5),
            Sample.Rule("/customers/{id}"));

        var verdicts = table.Explain(Sample.Request("/orders/7"));

        Assert.Equal(
            [
                ("/{x}/7", RouteOutcome.OtherHost, "takes only the host shop.test"),
                ("/orders/{id}/", RouteOutcome.Chosen, "is the first that fits"),
                ("/orders/{id}?page={n}", RouteOutcome.OtherQuery, "the query does not fit what the template has after its '?'"),
                ("/orders/{v}", RouteOutcome.OtherHeader, "asks for the header 'version: v[0-9]+'"),
                ("/orders/{id}", RouteOutcome.Outranked, "fits, but '/orders/{id}/' is asked first: its priority is 5, here it is 1"),
                ("/ORDERS/{id}", RouteOutcome.OtherCase, "minds case (RouteIsCaseSensitive), and the path's differs"),
                ("/orders/7", RouteOutcome.OtherMethod, "takes only PUT, DELETE"),
                ("/{all}", RouteOutcome.Outranked, "fits, but '/orders/{id}/' is asked first: its priority is 5, here it is 0"),
            ],
            verdicts.Select(verdict => (verdict.Definition.Route, verdict.Outcome, verdict.Reason)));
    }

    [Theory]
    [InlineData("shop.test", "it has a host")]
    [InlineData("", "it stands earlier in the file")]
    public void Says_why_another_is_asked_first(string host, string expected)
    {
        var table = Sample.Table(Sample.Rule("/a"), Sample.Rule("/{x}/"), Sample.Rule("/A", host: "shop.test"));

        var verdict = table.Explain(Sample.Request("/a", host: host)).Single(verdict => verdict.Definition.Route == "/{x}/");

        Assert.EndsWith(expected, verdict.Reason, StringComparison.Ordinal);
    }
}
