using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Streaming;

namespace Gateway.Features.Mediation.Plans;

/// <summary>A step that works on a body as it passes.</summary>
internal abstract class StreamingStep : Step
{
    /// <summary>Whether it must know how long an array is before the first element: then the body has to be in memory.</summary>
    public virtual bool NeedsLengths => false;

    /// <summary>Makes what does the work for one body after another.</summary>
    /// <param name="next">Where the mediated body goes.</param>
    public abstract Transformer Open(JsonSink next);
}
