using BenchmarkDotNet.Attributes;
using Gateway.Configuration;
using Gateway.Runtime;

namespace Gateway.Benchmarks;

/// <summary>From the bytes of a file to a snapshot that serves, and from one snapshot to the next.</summary>
public class Compiling
{
    private readonly CompiledGateway _gateway = new();
    private byte[] _json = [];
    private ObjectNode _root = null!;
    private Snapshot _current = null!;

    [Params(10, 1_000, 10_000)]
    public int Routes { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _json = Documents.Table(Routes);
        _root = Documents.Parse(_json);
        _current = _gateway.Compile(_root);
    }

    [GlobalCleanup]
    public void End() => _current.Return();

    [Benchmark]
    public object Parse_a_document() => Documents.Parse(_json);

    [Benchmark]
    public object Compile_a_document()
    {
        var snapshot = _gateway.Compile(_root);
        snapshot.Return();
        return snapshot;
    }

    /// <summary>Parse, compile beside the snapshot in use, put the new one in its place and give back the old one.</summary>
    [Benchmark]
    public object Reload()
    {
        var next = _gateway.Compile(_json);
        (_current, var before) = (next, _current);
        before.Return();
        return before;
    }
}
