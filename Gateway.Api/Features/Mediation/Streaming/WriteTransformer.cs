using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Streaming;

/// <summary>
/// Writes values at paths as the body passes: what is there is replaced in its place, what isn't is added when its object ends (A08).
/// </summary>
internal sealed class WriteTransformer(JsonSink next, PathState root, IReadOnlyList<Template> values, bool onlyMissing)
    : PathTransformer(next, root)
{
    private readonly ResolvedValues _values = new(values);

    // For each object that is open: which of the names that its state asks for it has had. Frame.Mark is where the object's part begins.
    private bool[] _seen = new bool[32];
    private int _top;

    public override void Begin(Execution execution)
    {
        base.Begin(execution);
        _values.Begin(execution);
    }

    protected override NameAction OnName(PathState member, int place, in JsonToken name)
    {
        if (place >= 0) _seen[Current.Mark - 1 + place] = true;
        return NameAction.Pass;
    }

    protected override ValueAction OnValue(PathState state, in JsonToken token)
    {
        if (state.IsMatch)
        {
            if (onlyMissing && token.Kind != JsonTokenKind.Null) return ValueAction.Pass;
            Matched = true;
            _values[state.Matches[0]].WriteTo(Next);
            return ValueAction.Drop;
        }
        if (state.IsEnd) return ValueAction.Pass;
        if (state.Names.Count > 0 && token.Kind != JsonTokenKind.StartObject) throw Failure("A value that has to be an object isn't one");
        if (state.HasElements && token.Kind != JsonTokenKind.StartArray) throw Failure("A value that has to be an array isn't one");
        return ValueAction.Descend;
    }

    protected override void OnContainerStart(ref Frame frame)
    {
        var count = frame.State.Names.Count;
        if (_top + count > _seen.Length) Array.Resize(ref _seen, Math.Max(_seen.Length * 2, _top + count));
        _seen.AsSpan(_top, count).Clear();
        frame.Mark = _top + 1;
        _top += count;
    }

    protected override void OnContainerEnd(ref Frame frame)
    {
        _top = frame.Mark - 1;
        if (!frame.IsObject) return;
        for (var i = 0; i < frame.State.Names.Count; i++)
            if (!_seen[_top + i]) Add(frame.State.Names[i]);
    }

    protected override void Reset()
    {
        base.Reset();
        _top = 0;
    }

    private void Add(NameEdge edge)
    {
        if (!CanMake(edge.Target)) return;
        Matched = true;
        Next.Accept(new JsonToken(JsonTokenKind.Name, edge.Utf8Escaped, edge.Utf8Escaped.AsSpan().Contains((byte)'\\')));
        if (edge.Target.IsMatch)
        {
            _values[edge.Target.Matches[0]].WriteTo(Next);
            return;
        }
        Next.Accept(JsonToken.StartObject);
        foreach (var inner in edge.Target.Names) Add(inner);
        Next.Accept(JsonToken.EndObject);
    }

    // An element of an array that isn't there can't be made.
    private static bool CanMake(PathState state) => state.IsMatch || state.Names.Any(n => CanMake(n.Target));
}
