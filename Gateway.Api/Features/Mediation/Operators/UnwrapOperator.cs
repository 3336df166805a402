using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Takes a value within the body as the body.
/// <code>{ "Unwrap": "result.rows" }  { "Unwrap": { "Path": "data", "OnMissing": "fail|null|keep" } }</code>
/// Streams, unless the path counts from an array's end or <c>OnMissing</c> is <c>keep</c>: then the whole body may be wanted still.
/// A value that is missing fails the body, unless <c>OnMissing</c> says otherwise.
/// </summary>
internal sealed class UnwrapOperator : Operator
{
    public override string Name => "Unwrap";

    private enum Missing
    {
        Fail,
        Null,
        Keep,
    }

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var missing = Missing.Fail;
        var text = (value as ScalarNode)?.Text;
        if (value is not ScalarNode { Scalar: ScalarKind.String })
        {
            if (PlanOptions.Read(value, scope, "Path", "OnMissing") is not { } options) return null;
            missing = options.Choice("OnMissing", Missing.Fail);
            text = options.Text("Path");
            if (options.Find("Path") is null) scope.Error(ProblemCodes.Missing, "Path isn't there", "Name the value that becomes the body");
        }
        if (text is null || PlanPaths.Parse(text, scope, PathKinds.Indexes) is not { } path) return null;
        Step unwrap = missing == Missing.Keep ? new KeepStep(path) : new UnwrapStep(path, missing);
        unwrap.Effects = [new StepEffect(EffectKind.Unwraps, path)];
        return unwrap;
    }

    private sealed class UnwrapStep(JsonPath path, Missing missing) : StreamingStep
    {
        private readonly PathState _root = PathAutomaton.Compile([path]);

        public override bool NeedsLengths => path.CountsFromEnd;

        public override Transformer Open(JsonSink next) => new UnwrapTransformer(next, _root, path, missing);
    }

    private sealed class UnwrapTransformer(JsonSink next, PathState root, JsonPath path, Missing missing) : PathTransformer(next, root)
    {
        private readonly Passage _passage = new(next);

        private bool Found { get; set; }

        public override void End()
        {
            if (!Found)
            {
                if (missing == Missing.Fail) throw Failure($"There is nothing at {path}");
                Next.Accept(JsonToken.Null);
            }
            Found = false;
            base.End();
        }

        protected override ValueAction OnValue(PathState state, in JsonToken token)
        {
            // What is walked through goes nowhere.
            if (!state.IsMatch) return state.IsEnd ? ValueAction.Drop : ValueAction.Descend;

            // In an answer with the name twice the last one counts (A34): the body begins again with it.
            if (Found && !Next.TryRestart()) throw Failure("The value that becomes the body stands twice, and the first is sent already");
            Found = Matched = true;
            return Divert(_passage);
        }

        protected override void Reset()
        {
            base.Reset();
            Output = NullSink.Instance;
            Found = false;
        }
    }

    private sealed class KeepStep(JsonPath path) : BufferedStep
    {
        public override string Reason => "Unwrap OnMissing keep";

        public override ValueTask<JsonValue> ApplyAsync(JsonValue body, Execution execution) => new(PathReader.First(body, path) ?? body);
    }
}
