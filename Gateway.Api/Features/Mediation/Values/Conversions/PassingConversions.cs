using System.Buffers.Text;
using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Values.Conversions;

/// <summary>
/// Conversions of a value as it passes, without making a string of it: for the forms that nearly all values have. What has another form is
/// left to the conversion proper, which gives the same wherever both can.
/// </summary>
internal static class PassingConversions
{
    private const int SecondsLength = 19; // 2026-01-31T12:00:00

    /// <summary>Passes the converted value on, or does nothing and returns false.</summary>
    public delegate bool Pass(in JsonToken token, JsonSink output);

    public static bool ToText(in JsonToken token, JsonSink output)
    {
        switch (token.Kind)
        {
            case JsonTokenKind.Text:
                output.Accept(in token);
                return true;
            case JsonTokenKind.Number:
                output.Accept(new JsonToken(JsonTokenKind.Text, token.Raw));
                return true;
            case JsonTokenKind.True:
                output.Accept(new JsonToken(JsonTokenKind.Text, "true"u8));
                return true;
            case JsonTokenKind.False:
                output.Accept(new JsonToken(JsonTokenKind.Text, "false"u8));
                return true;
            default:
                return false;
        }
    }

    public static bool ToNumber(in JsonToken token, JsonSink output)
    {
        if (!IsNumber(in token)) return false;
        output.Accept(new JsonToken(JsonTokenKind.Number, token.Raw));
        return true;
    }

    public static bool ToInteger(in JsonToken token, JsonSink output) =>
        token.Raw.IndexOfAny(".eE"u8) < 0 && !token.Raw.SequenceEqual("-0"u8) && ToNumber(in token, output);

    public static bool FromEpochSeconds(in JsonToken token, JsonSink output) => FromEpoch(in token, 1000, output);

    public static bool FromEpochMillis(in JsonToken token, JsonSink output) => FromEpoch(in token, 1, output);

    private static bool IsNumber(in JsonToken token) =>
        token.Kind == JsonTokenKind.Number || (token.Kind == JsonTokenKind.Text && !token.Escaped && JsonNumberSyntax.IsNumber(token.Raw));

    private static bool FromEpoch(in JsonToken token, long millisEach, JsonSink output)
    {
        // Twelve digits of seconds are far beyond the last year that there is, and can't overflow.
        if (!IsNumber(in token) || token.Raw.Length > (millisEach == 1 ? 15 : 12)) return false;
        if (!Utf8Parser.TryParse(token.Raw, out long count, out var length) || length != token.Raw.Length) return false;
        var millis = count * millisEach;
        if (millis < DateTimeOffset.MinValue.ToUnixTimeMilliseconds() || millis > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()) return false;

        Span<byte> text = stackalloc byte[32]; // 2026-01-31T12:00:00.1230000Z
        if (!Utf8Formatter.TryFormat(DateTimeOffset.FromUnixTimeMilliseconds(millis).UtcDateTime, text, out var written, 'O')) return false;
        var end = text[..(written - 1)].TrimEnd((byte)'0').Length;
        if (end <= SecondsLength + 1) end = SecondsLength;
        text[end] = (byte)'Z';
        output.Accept(new JsonToken(JsonTokenKind.Text, text[..(end + 1)]));
        return true;
    }
}
