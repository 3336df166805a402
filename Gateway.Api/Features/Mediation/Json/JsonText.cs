namespace Gateway.Features.Mediation.Json;

/// <summary>A text.</summary>
internal sealed class JsonText(string value) : JsonValue
{
    private byte[]? _raw;

    public string Value { get; } = value;

    public override string Kind => "a text";

    public override string AsScalarText => Value;

    public override void WriteTo(JsonSink sink)
    {
        var raw = _raw ??= JsonEscapes.Encode(Value);
        sink.Accept(new JsonToken(JsonTokenKind.Text, raw, raw.AsSpan().Contains((byte)'\\')));
    }
}
