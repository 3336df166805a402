using BenchmarkDotNet.Attributes;
using Gateway.Pipeline;
using Gateway.Routing;
using Gateway.Runtime;

namespace Gateway.Benchmarks;

/// <summary>From a request's head to its route, whatever the size of the table.</summary>
public class Matching
{
    private readonly CompiledGateway _gateway = new();
    private Snapshot _snapshot = null!;
    private RouteRequest _first, _last, _none;

    [Params(10, 1_000, 10_000, 100_000)]
    public int Routes { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _snapshot = _gateway.Compile(Documents.Table(Routes));
        _first = RouteRequest.From(_gateway.Request("/s0/items/17"));
        _last = RouteRequest.From(_gateway.Request($"/s{Routes - 1}/items/17"));
        _none = RouteRequest.From(_gateway.Request($"/s{Routes}/items/17"));
    }

    [GlobalCleanup]
    public void End() => _snapshot.Return();

    [Benchmark]
    public bool Match_first() => _snapshot.Table.Match(_first).Found;

    [Benchmark]
    public bool Match_last() => _snapshot.Table.Match(_last).Found;

    [Benchmark]
    public bool Match_none() => _snapshot.Table.Match(_none).Found;

    [Benchmark]
    public object Match_and_read_placeholders() => _snapshot.Table.Match(_last).ReadValues();
}
