using System.Globalization;
using System.Numerics;
using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Values.Conversions;

/// <summary>Conversions between ways of writing a time (A03).</summary>
internal static class TimeConversions
{
    private const string IsoDate = "yyyy-MM-dd";

    /// <summary>From a count since 1970, of which <paramref name="perSecond"/> make a second.</summary>
    public static JsonValue? FromEpoch(JsonValue value, int perSecond)
    {
        if (ScalarConversions.ToNumber(value) is not JsonNumber number) return null;
        var count = JsonDecimal.Parse(number.Digits);
        if (count.Exponent > 16 || count.Digits.Length > 40 || count.Exponent < -40) return null;

        // Whole milliseconds, rounded towards the past; what is finer isn't written.
        var scale = (int)count.Scale;
        var scaled = count.Unscaled(scale) * (1000 / perSecond);
        var unit = BigInteger.Pow(10, scale);
        var millis = BigInteger.Divide(scaled, unit);
        if (scaled.Sign < 0 && !(scaled % unit).IsZero) millis -= 1;
        if (millis < DateTimeOffset.MinValue.ToUnixTimeMilliseconds() || millis > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()) return null;
        return new JsonText(IsoTime.Write(DateTimeOffset.FromUnixTimeMilliseconds((long)millis)));
    }

    public static JsonValue? ToEpoch(JsonValue value, int perSecond)
    {
        if (value is not JsonText text || !IsoTime.TryRead(text.Value, out var time)) return null;
        return new JsonNumber(JsonDecimal.Of(time.ToUnixTimeMilliseconds(), perSecond == 1 ? 3 : 0).ToString());
    }

    public static JsonValue? FromPattern(JsonValue value, string pattern)
    {
        if (value.AsScalarText is not { } text || value is JsonLiteral) return null;
        if (!DateTimeOffset.TryParseExact(text, pattern, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return null;
        return new JsonText(HasTime(pattern) ? IsoTime.Write(time) : time.ToString(IsoDate, CultureInfo.InvariantCulture));
    }

    public static JsonValue? ToPattern(JsonValue value, string pattern) =>
        value is JsonText text && IsoTime.TryRead(text.Value, out var time) ? new JsonText(time.UtcDateTime.ToString(pattern, CultureInfo.InvariantCulture)) : null;

    /// <summary>Why the pattern can't be used, or null.</summary>
    public static string? Fault(string pattern)
    {
        if (pattern.Length < 2) return "a pattern needs two letters at least, as in yyyyMMdd";
        try
        {
            var time = new DateTime(2026, 1, 31, 13, 14, 15, DateTimeKind.Utc);
            var text = time.ToString(pattern, CultureInfo.InvariantCulture);
            if (DateTime.TryParseExact(text, pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) return null;
        }
        catch (FormatException)
        {
        }
        return "dates that it writes can't be read with it";
    }

    private static bool HasTime(string pattern)
    {
        var quoted = false;
        foreach (var c in pattern)
        {
            if (c is '\'' or '"') quoted = !quoted;
            else if (!quoted && c is 'H' or 'h' or 'm' or 's' or 'f' or 'F' or 't' or 'K' or 'z') return true;
        }
        return false;
    }
}
