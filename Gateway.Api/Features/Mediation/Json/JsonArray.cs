namespace Gateway.Features.Mediation.Json;

/// <summary>An array; its elements in order.</summary>
internal sealed class JsonArray(IReadOnlyList<JsonValue> items) : JsonValue
{
    public static readonly JsonArray Empty = new([]);

    public IReadOnlyList<JsonValue> Items { get; } = items;

    public override string Kind => "an array";

    public override void WriteTo(JsonSink sink)
    {
        sink.Accept(new JsonToken(JsonTokenKind.StartArray) { Count = Items.Count });
        foreach (var item in Items) item.WriteTo(sink);
        sink.Accept(JsonToken.EndArray);
    }
}
