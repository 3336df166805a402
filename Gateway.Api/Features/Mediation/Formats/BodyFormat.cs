using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Formats;

/// <summary>A format of bodies other than JSON.</summary>
internal abstract class BodyFormat
{
    /// <summary>The types of the bodies that it reads.</summary>
    public abstract IReadOnlyList<MediaRange> Types { get; }

    /// <summary>The type of the bodies that it writes.</summary>
    public abstract string ContentType { get; }

    /// <exception cref="MediationFailure">The body isn't in this format.</exception>
    public abstract JsonValue Read(ReadOnlyMemory<byte> body, string? contentType);

    /// <exception cref="MediationFailure">The format can't hold the value.</exception>
    public abstract void Write(JsonValue value, OutputBuffer output);
}
