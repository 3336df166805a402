using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Formats;

/// <summary>Plain text: the body is one JSON text.</summary>
internal sealed class TextFormat : BodyFormat
{
    public override IReadOnlyList<MediaRange> Types { get; } = [new("text/plain")];

    public override string ContentType => "text/plain; charset=utf-8";

    public override JsonValue Read(ReadOnlyMemory<byte> body, string? contentType) => new JsonText(BodyText.Decode(body.Span, contentType));

    public override void Write(JsonValue value, OutputBuffer output) =>
        BodyText.Write(value.AsScalarText ?? (value.IsNull ? "" : throw MediationFailure.Unprocessable($"{value.Kind} can't be written as text")), output);
}
