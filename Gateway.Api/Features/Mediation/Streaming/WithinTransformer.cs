using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Streaming;

/// <summary>
/// Sends each value that a path matches through steps of its own: path 0 through chain 0, and so on. What a path beyond the chains matches
/// has to be an array.
/// </summary>
internal sealed class WithinTransformer(JsonSink next, PathState root, IReadOnlyList<TransformerChain> chains) : PathTransformer(next, root)
{
    private Execution? _execution;

    public override void Begin(Execution execution)
    {
        base.Begin(execution);
        _execution = execution;
        foreach (var chain in chains) chain.Begin(execution);
    }

    protected override ValueAction OnValue(PathState state, in JsonToken token)
    {
        if (!state.IsMatch) return state.IsEnd ? ValueAction.Pass : ValueAction.Descend;
        if (state.Matches[0] >= chains.Count)
        {
            if (token.Kind == JsonTokenKind.Null) return ValueAction.Pass;
            return token.Kind == JsonTokenKind.StartArray ? ValueAction.Descend : throw Failure("A value that has to be an array isn't one");
        }
        Matched = true;
        return Divert(chains[state.Matches[0]].Head);
    }

    protected override void Reset()
    {
        base.Reset();
        if (_execution is null) return;
        foreach (var chain in chains) chain.Begin(_execution);
    }
}
