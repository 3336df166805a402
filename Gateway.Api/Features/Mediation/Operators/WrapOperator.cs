using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Puts the body into an object, under a name.
/// <code>{ "Wrap": "items" }</code>
/// Streams.
/// </summary>
internal sealed class WrapOperator : Operator
{
    public override string Name => "Wrap";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        if (value is ScalarNode { Scalar: ScalarKind.String } name)
            return new WrapStep(JsonEscapes.Encode(name.Text)) { Effects = [new StepEffect(EffectKind.Wraps, JsonPath.Of([PathSegment.Member(name.Text)]))] };
        scope.WrongType(value, "the name that the body gets");
        return null;
    }

    private sealed class WrapStep(byte[] name) : StreamingStep
    {
        public override Transformer Open(JsonSink next) => new WrapTransformer(next, name);
    }

    private sealed class WrapTransformer(JsonSink next, byte[] name) : Transformer(next)
    {
        private bool _begun;

        public override void Accept(in JsonToken token)
        {
            if (!_begun)
            {
                _begun = Matched = true;
                Next.Accept(JsonToken.StartObject);
                Next.Accept(new JsonToken(JsonTokenKind.Name, name, name.AsSpan().Contains((byte)'\\')));
            }
            Next.Accept(in token);
        }

        public override void End()
        {
            Next.Accept(JsonToken.EndObject);
            _begun = false;
            base.End();
        }

        protected override void Reset() => _begun = false;
    }
}
