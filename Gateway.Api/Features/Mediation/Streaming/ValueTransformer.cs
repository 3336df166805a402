using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;

namespace Gateway.Features.Mediation.Streaming;

/// <summary>Changes the scalars that the paths of a step match. Null is left as it is (A02).</summary>
internal abstract class ValueTransformer(JsonSink next, PathState root) : PathTransformer(next, root)
{
    private readonly TextCollector _text = new();
    private int _path;

    protected sealed override ValueAction OnValue(PathState state, in JsonToken token)
    {
        if (!state.IsMatch) return state.IsEnd ? ValueAction.Pass : ValueAction.Descend;
        if (token.Kind == JsonTokenKind.Null) return ValueAction.Pass;

        Matched = true;
        _path = state.Matches[0];
        if (token.IsStart) return OnContainer(_path, state, in token);
        if (!token.Last) return Divert(_text);
        OnScalar(_path, in token);
        return ValueAction.Drop;
    }

    /// <summary>Passes on what the scalar becomes; a text is whole.</summary>
    protected abstract void OnScalar(int path, in JsonToken token);

    /// <summary>An object or array begins at a path.</summary>
    protected abstract ValueAction OnContainer(int path, PathState state, in JsonToken token);

    protected override void OnDiverted()
    {
        OnScalar(_path, _text.Text);
        _text.Clear();
    }

    protected override void Reset()
    {
        base.Reset();
        _text.Clear();
    }
}
