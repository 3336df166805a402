using System.Text;
using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Values.Conversions;

/// <summary>Conversions between JSON's types, and within text (A04, A14).</summary>
internal static class ScalarConversions
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static JsonValue? ToText(JsonValue value) => value switch
    {
        JsonText => value,
        _ => value.AsScalarText is { } text ? new JsonText(text) : null,
    };

    public static JsonValue? ToNumber(JsonValue value) => value switch
    {
        JsonNumber => value,
        JsonText text when Number(text.Value) is { } digits => new JsonNumber(digits),
        _ => null,
    };

    public static JsonValue? ToInteger(JsonValue value)
    {
        if (ToNumber(value) is not JsonNumber number) return null;
        if (number.Digits.AsSpan().IndexOfAny('.', 'e', 'E') < 0) return number.Digits == "-0" ? new JsonNumber("0") : number;
        var exact = JsonDecimal.Parse(number.Digits);
        return exact is { IsInteger: true, IsModest: true } ? new JsonNumber(exact.ToString()) : null;
    }

    public static JsonValue? ToBoolean(JsonValue value)
    {
        if (value is JsonLiteral) return value;
        if (value is JsonNumber number)
        {
            var exact = JsonDecimal.Parse(number.Digits);
            if (exact.IsZero) return JsonLiteral.False;
            return exact is { Negative: false, Digits: "1", Exponent: 1 } ? JsonLiteral.True : null;
        }
        return value.AsScalarText?.ToUpperInvariant() switch
        {
            "TRUE" or "1" => JsonLiteral.True,
            "FALSE" or "0" => JsonLiteral.False,
            _ => null,
        };
    }

    public static JsonValue? ToDigit(JsonValue value) => ToBoolean(value) is { } b ? new JsonNumber(b == JsonLiteral.True ? "1" : "0") : null;

    public static JsonValue? ToLetter(JsonValue value) => ToBoolean(value) is { } b ? new JsonText(b == JsonLiteral.True ? "Y" : "N") : null;

    public static JsonValue? FromLetter(JsonValue value) => (value as JsonText)?.Value switch
    {
        "Y" or "y" => JsonLiteral.True,
        "N" or "n" => JsonLiteral.False,
        _ => null,
    };

    public static JsonValue? OfText(JsonValue value, Func<string, string?> change) =>
        value is JsonText text && change(text.Value) is { } changed ? new JsonText(changed) : null;

    public static JsonValue? Split(JsonValue value, string separator)
    {
        if (value is not JsonText text) return null;
        return text.Value.Length == 0 ? JsonArray.Empty : new JsonArray([.. text.Value.Split(separator).Select(t => new JsonText(t))]);
    }

    public static JsonValue? Join(JsonValue value, string separator)
    {
        if (value is not JsonArray array) return null;
        var texts = new string[array.Items.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            if (array.Items[i].AsScalarText is not { } text) return null;
            texts[i] = text;
        }
        return new JsonText(string.Join(separator, texts));
    }

    public static string ToBase64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public static string? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length)) return null;
        try
        {
            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The digits of a text in JSON's number form, or null.</summary>
    public static string? Number(string text)
    {
        var trimmed = text.Trim();
        return JsonNumberSyntax.IsNumber(Encoding.UTF8.GetBytes(trimmed)) ? trimmed : null;
    }
}
