using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Streaming;

/// <summary>Passes a value within the body on, and not that it is complete: the body isn't.</summary>
internal sealed class Passage(JsonSink next) : JsonSink
{
    public override void Accept(in JsonToken token) => next.Accept(in token);

    public override void End()
    {
    }

    // A part of the body can't be taken back without the whole.
    public override bool TryRestart() => false;
}
