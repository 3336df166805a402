using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Drops members and elements.
/// <code>{ "Remove": [ "a", "items[*].b", "..secret" ] }</code>
/// Streams, unless a path counts from an array's end. A path without a match does nothing.
/// </summary>
internal sealed class RemoveOperator : Operator
{
    public override string Name => "Remove";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var paths = PlanPaths.List(value, scope, PathKinds.Indexes | PathKinds.Every | PathKinds.AnyDepth);
        return paths.Count == 0 ? null : new RemoveStep(paths) { Effects = StepEffect.All(EffectKind.Drops, paths) };
    }

    private sealed class RemoveStep(IReadOnlyList<JsonPath> paths) : StreamingStep
    {
        private readonly PathState _root = PathAutomaton.Compile(paths);

        public override bool Hides => true;

        public override bool NeedsLengths => paths.Any(p => p.CountsFromEnd);

        public override Transformer Open(JsonSink next) => new RemoveTransformer(next, _root);
    }

    private sealed class RemoveTransformer(JsonSink next, PathState root) : PathTransformer(next, root)
    {
        protected override NameAction OnName(PathState member, int place, in JsonToken name)
        {
            if (!member.IsMatch) return NameAction.Pass;
            Matched = true;
            return NameAction.Drop;
        }

        protected override ValueAction OnValue(PathState state, in JsonToken token)
        {
            if (state.IsEnd && !state.IsMatch) return ValueAction.Pass;
            if (!state.IsMatch) return ValueAction.Descend;
            Matched = true;
            return ValueAction.Drop;
        }
    }
}
