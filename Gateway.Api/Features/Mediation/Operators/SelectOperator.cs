using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Keeps what is named and drops the rest.
/// <code>{ "Select": [ "id", "items[*].sku" ] }</code>
/// Streams, unless a path counts from an array's end. Containers on the way of a path stay: an array keeps its objects and arrays, empty
/// where nothing in them matches; a scalar where a container is needed goes (A09).
/// </summary>
internal sealed class SelectOperator : Operator
{
    public override string Name => "Select";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var paths = PlanPaths.List(value, scope, PathKinds.Many);
        return paths.Count == 0 ? null : new SelectStep(paths) { Effects = StepEffect.All(EffectKind.Keeps, paths) };
    }

    private sealed class SelectStep(IReadOnlyList<JsonPath> paths) : StreamingStep
    {
        private readonly PathState _root = PathAutomaton.Compile(paths);

        public override bool Hides => true;

        public override bool NeedsLengths => paths.Any(p => p.CountsFromEnd);

        public override Transformer Open(JsonSink next) => new SelectTransformer(next, _root);
    }

    private sealed class SelectTransformer(JsonSink next, PathState root) : PathTransformer(next, root)
    {
        protected override NameAction OnName(PathState member, int place, in JsonToken name)
        {
            if (member.IsMatch) return NameAction.Pass;
            return member.IsEnd ? NameAction.Drop : NameAction.Hold;
        }

        protected override ValueAction OnValue(PathState state, in JsonToken token)
        {
            if (state.IsMatch)
            {
                Matched = true;
                return ValueAction.Pass;
            }
            if (token.IsStart && !state.IsEnd) return ValueAction.Descend;
            if (Depth == 0) return KeepBody(in token);

            // An element that no path asks for: what it holds goes, its place in the array stays.
            if (token.Kind == JsonTokenKind.StartObject) EmptyContainer(JsonToken.StartObject, JsonToken.EndObject);
            else if (token.Kind == JsonTokenKind.StartArray) EmptyContainer(JsonToken.StartArray, JsonToken.EndArray);
            return ValueAction.Drop;
        }

        // A body that is no container has none of the fields; something must be left of it, or it would be no JSON.
        private ValueAction KeepBody(in JsonToken token)
        {
            if (token.First) Output.Accept(JsonToken.Null);
            return ValueAction.Drop;
        }

        private void EmptyContainer(in JsonToken start, in JsonToken end)
        {
            Output.Accept(in start);
            Output.Accept(in end);
        }
    }
}
