using System.Text;

namespace Gateway.Features.Mediation.Json;

/// <summary>
/// A JSON value in memory, for steps that need a body whole. Immutable, so that values may be shared; numbers are their digits.
/// </summary>
internal abstract class JsonValue
{
    /// <summary>What the value is, as a sentence says it: <c>an object</c>, <c>a number</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The text of a text, the JSON text of a number or boolean; null for anything else.</summary>
    public virtual string? AsScalarText => null;

    public bool IsNull => this == JsonLiteral.Null;

    /// <summary>Passes the value on piece by piece.</summary>
    public abstract void WriteTo(JsonSink sink);

    /// <summary>The value as JSON without white space.</summary>
    public byte[] ToUtf8()
    {
        var output = new OutputBuffer();
        WriteTo(new JsonWriter(output));
        var bytes = output.Written.ToArray();
        output.Clear();
        return bytes;
    }

    public sealed override string ToString() => Encoding.UTF8.GetString(ToUtf8());
}
