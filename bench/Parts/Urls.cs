using BenchmarkDotNet.Attributes;
using Gateway.Routing;
using Gateway.Runtime;

namespace Gateway.Benchmarks;

/// <summary>The downstream path and query of a request.</summary>
public class Urls
{
    private readonly CompiledGateway _gateway = new();
    private RouteMatch<CompiledRoute> _plain, _query;
    private HttpContext _http = null!;

    [GlobalSetup]
    public void Prepare()
    {
        _http = _gateway.Request("/s0/items/17");
        _plain = _gateway.Compile(Documents.Route("")).Table.Match(RouteRequest.From(_http));
        _query = _gateway.Compile(Documents.Route("", "/s0/items/{id}", "/items?id={id}")).Table.Match(RouteRequest.From(_http));
    }

    [Benchmark]
    public object Canonical_path_of_a_request() => RouteRequest.From(_http);

    [Benchmark]
    public string Url_with_a_placeholder() => _plain.Route.Route.Downstream.Build(_plain.ReadValues(), "/s0/items/17", "").ToString();

    [Benchmark]
    public string Url_with_a_query_on_both_sides() => _query.Route.Route.Downstream.Build(_query.ReadValues(), "/s0/items/17", "?page=2&size=10").ToString();
}
