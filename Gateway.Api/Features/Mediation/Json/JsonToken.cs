using System.Text;

namespace Gateway.Features.Mediation.Json;

/// <summary>
/// One piece of a JSON text on its way through the steps. Names and texts are the bytes between the quotes, exactly as they were written, and
/// numbers are their digits: what no step changes leaves as it came. A text that is longer than the buffer comes as several tokens, the
/// first with <see cref="First"/>, the last with <see cref="Last"/>; names and numbers always come whole.
/// </summary>
internal readonly ref struct JsonToken(JsonTokenKind kind, ReadOnlySpan<byte> raw = default, bool escaped = false)
{
    public static JsonToken StartObject => new(JsonTokenKind.StartObject);

    public static JsonToken EndObject => new(JsonTokenKind.EndObject);

    public static JsonToken StartArray => new(JsonTokenKind.StartArray);

    public static JsonToken EndArray => new(JsonTokenKind.EndArray);

    public static JsonToken Null => new(JsonTokenKind.Null);

    public JsonTokenKind Kind { get; } = kind;

    /// <summary>The bytes of a name, text or number; empty for every other kind.</summary>
    public ReadOnlySpan<byte> Raw { get; } = raw;

    /// <summary>Whether <see cref="Raw"/> holds a backslash, so that its bytes aren't its value.</summary>
    public bool Escaped { get; } = escaped;

    /// <summary>False for the later parts of a long text.</summary>
    public bool First { get; init; } = true;

    /// <summary>False for every part of a long text but the last.</summary>
    public bool Last { get; init; } = true;

    /// <summary>How many elements the array has that starts here, or -1 where that isn't known yet.</summary>
    public int Count { get; init; } = -1;

    public bool IsStart => Kind is JsonTokenKind.StartObject or JsonTokenKind.StartArray;

    public bool IsEnd => Kind is JsonTokenKind.EndObject or JsonTokenKind.EndArray;

    /// <summary>Whether it is a value, or a part of one, that holds no others.</summary>
    public bool IsScalar => Kind >= JsonTokenKind.Text;

    /// <summary>The value of a name or text, or the digits of a number.</summary>
    public string ReadString() => Escaped ? JsonEscapes.Decode(Raw) : Encoding.UTF8.GetString(Raw);
}
