namespace Gateway.Features.Mediation.Json;

/// <summary><c>true</c>, <c>false</c> or <c>null</c>.</summary>
internal sealed class JsonLiteral : JsonValue
{
    public static readonly JsonLiteral True = new(JsonTokenKind.True, "true");
    public static readonly JsonLiteral False = new(JsonTokenKind.False, "false");
    public static readonly JsonLiteral Null = new(JsonTokenKind.Null, "null");

    private readonly JsonTokenKind _kind;
    private readonly string _text;

    private JsonLiteral(JsonTokenKind kind, string text)
    {
        _kind = kind;
        _text = text;
    }

    public override string Kind => this == Null ? "null" : "a boolean";

    public override string? AsScalarText => this == Null ? null : _text;

    public static JsonLiteral Of(bool value) => value ? True : False;

    public override void WriteTo(JsonSink sink) => sink.Accept(new JsonToken(_kind));
}
