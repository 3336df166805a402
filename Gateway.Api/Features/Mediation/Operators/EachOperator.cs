using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Runs steps for every element of an array; their paths begin at the element.
/// <code>{ "Each": { "items": [ { "Remove": [ "cost" ] }, { "Case": "camel" } ] } }</code>
/// <c>$</c>: the body is the array. Streams when its steps do. A value that isn't an array fails the body; null and missing do nothing (A06).
/// </summary>
internal sealed class EachOperator : Operator
{
    public override string Name => "Each";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var entries = PlanPaths.Map(value, scope, PathKinds.Many);
        PlanPaths.RefuseNested(entries);
        var lists = entries.Select(e => StepCompiler.List(e.Value, e.Scope)).ToArray();
        for (var i = 0; i < lists.Length; i++) FormatStep.CheckPlaces(lists[i], isInner: true, entries[i].Scope);
        var chains = lists.Select(l => new StepChain(l)).ToArray();
        if (entries.Count == 0) return null;
        JsonPath[] paths = [.. entries.Select(e => e.Path)];
        Step each = chains.All(c => c.IsStreaming) ? new EachStep(paths, chains) : new EachInMemoryStep(paths, chains);
        each.Effects = StepEffect.All(EffectKind.Changes, paths.Where(p => !p.IsRoot));
        return each;
    }

    private sealed class EachStep : StreamingStep
    {
        private readonly IReadOnlyList<JsonPath> _arrays;
        private readonly IReadOnlyList<StepChain> _chains;
        private readonly PathState _root;

        public EachStep(IReadOnlyList<JsonPath> arrays, IReadOnlyList<StepChain> chains)
        {
            // The elements first: what they match is the number of their chain.
            _arrays = arrays;
            _chains = chains;
            _root = PathAutomaton.Compile([.. arrays.Select(p => p.Append(PathSegment.EveryElement)), .. arrays]);
        }

        public override bool Hides => _chains.Any(c => c.Hides);

        public override bool NeedsLengths => _arrays.Any(p => p.CountsFromEnd);

        public override Transformer Open(JsonSink next)
        {
            var passage = new Passage(next);
            return new WithinTransformer(next, _root,
                [.. _chains.Select(c => new TransformerChain(c.Parts.Count == 0 ? [] : c.Parts[0].Streaming, passage))]);
        }
    }

    private sealed class EachInMemoryStep(IReadOnlyList<JsonPath> arrays, IReadOnlyList<StepChain> chains) : BufferedStep
    {
        public override string Reason => chains.First(c => !c.IsStreaming).BufferedBecause!;

        public override bool Hides => chains.Any(c => c.Hides);

        public override async ValueTask<JsonValue> ApplyAsync(JsonValue body, Execution execution)
        {
            for (var i = 0; i < arrays.Count; i++)
            {
                var chain = chains[i];
                body = await PathEditor.ChangeAsync(body, arrays[i], "", (array, pointer) => EachAsync(array, chain, execution, pointer));
            }
            return body;
        }

        private static async ValueTask<JsonValue> EachAsync(JsonValue value, StepChain chain, Execution execution, string pointer)
        {
            if (value.IsNull) return value;
            if (value is not JsonArray array) throw MediationFailure.Unprocessable("A value that has to be an array isn't one", pointer);
            var items = new JsonValue[array.Items.Count];
            for (var i = 0; i < items.Length; i++)
            {
                try
                {
                    items[i] = await chain.ApplyAsync(array.Items[i], execution);
                }
                catch (MediationFailure failure)
                {
                    failure.Pointer = $"{pointer}/{i}{failure.Pointer}";
                    throw;
                }
            }
            return new JsonArray(items);
        }
    }
}
