using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Streaming;

/// <summary>Does something besides the body, which passes as it is.</summary>
internal sealed class EffectTransformer(JsonSink next, Action<Execution> effect) : Transformer(next)
{
    public override void Begin(Execution execution)
    {
        base.Begin(execution);
        effect(execution);
        Matched = true;
    }

    public override void Accept(in JsonToken token) => Next.Accept(in token);
}
