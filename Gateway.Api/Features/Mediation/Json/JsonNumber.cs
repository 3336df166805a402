using System.Text;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Json;

/// <summary>A number, with the digits that it was written with.</summary>
internal sealed class JsonNumber(string digits) : JsonValue
{
    private static readonly JsonNumber[] OneDigit = [.. "0123456789".Select(d => new JsonNumber(d.ToString()))];

    public string Digits { get; } = digits;

    public JsonDecimal Exact => JsonDecimal.Parse(Digits);

    public override string Kind => "a number";

    public override string AsScalarText => Digits;

    /// <summary>A number from 0 to 9; bodies have most of these.</summary>
    public static JsonNumber Digit(int value) => OneDigit[value];

    public override void WriteTo(JsonSink sink)
    {
        Span<byte> raw = Digits.Length <= 64 ? stackalloc byte[64] : new byte[Digits.Length];
        sink.Accept(new JsonToken(JsonTokenKind.Number, raw[..Encoding.ASCII.GetBytes(Digits, raw)]));
    }
}
