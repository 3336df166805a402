using System.Globalization;
using System.Numerics;

namespace Gateway.Features.Mediation.Values;

/// <summary>
/// The exact value of a JSON number, of any size: 0.<see cref="Digits"/> times ten to the power of <see cref="Exponent"/>. A double would lose
/// digits of 64-bit ids and of money; comparing takes no longer than reading the digits, also for <c>1e999999999</c>.
/// </summary>
internal readonly record struct JsonDecimal : IComparable<JsonDecimal>
{
    private const long MaxExponent = 1_000_000_000_000_000_000;

    private JsonDecimal(bool negative, string digits, long exponent)
    {
        Negative = negative && digits.Length > 0;
        Digits = digits;
        Exponent = digits.Length > 0 ? exponent : 0;
    }

    public bool Negative { get; }

    /// <summary>The significant digits, without zeros before or behind; empty for zero.</summary>
    public string Digits { get; }

    public long Exponent { get; }

    public bool IsZero => Digits.Length == 0;

    public bool IsInteger => Exponent >= Digits.Length;

    /// <param name="text">A number as JSON writes it.</param>
    public static JsonDecimal Parse(string text)
    {
        var at = text[0] == '-' ? 1 : 0;
        var e = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = text.AsSpan(at, (e < 0 ? text.Length : e) - at);
        var point = mantissa.IndexOf('.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var digits = point < 0 ? mantissa.ToString() : string.Concat(whole, mantissa[(point + 1)..]);
        var leading = digits.AsSpan().IndexOfAnyExcept('0');
        if (leading < 0) return new JsonDecimal(false, "", 0);
        var exponent = whole.Length - leading + (e < 0 ? 0 : ParseExponent(text.AsSpan(e + 1)));
        return new JsonDecimal(at == 1, digits.Trim('0'), exponent);
    }

    public static JsonDecimal Of(BigInteger value, int scale)
    {
        var digits = BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture);
        return new JsonDecimal(value.Sign < 0, value.IsZero ? "" : digits.TrimEnd('0'), digits.Length - scale);
    }

    public int CompareTo(JsonDecimal other)
    {
        if (Negative != other.Negative) return Negative ? -1 : 1;
        var size = IsZero || other.IsZero ? Digits.Length.CompareTo(other.Digits.Length)
            : Exponent != other.Exponent ? Exponent.CompareTo(other.Exponent)
            : string.CompareOrdinal(Digits, other.Digits);
        return Negative ? -size : size;
    }

    /// <summary>The value as a whole number of units of ten to the power of minus <paramref name="scale"/>.</summary>
    public BigInteger Unscaled(int scale)
    {
        if (IsZero) return BigInteger.Zero;
        var value = BigInteger.Parse(Digits, CultureInfo.InvariantCulture) * BigInteger.Pow(10, checked((int)(Exponent - Digits.Length + scale)));
        return Negative ? -value : value;
    }

    /// <summary>How many digits stand behind the point.</summary>
    public long Scale => Math.Max(0, Digits.Length - Exponent);

    /// <summary>Whether it can be calculated with, in bounded time and memory.</summary>
    public bool IsModest => IsZero || (Digits.Length <= 1000 && Math.Abs(Exponent) <= 1000);

    /// <summary>The number without exponent; for modest numbers.</summary>
    public override string ToString()
    {
        if (IsZero) return "0";
        var sign = Negative ? "-" : "";
        if (IsInteger) return sign + Digits.PadRight((int)Exponent, '0');
        return Exponent <= 0 ? $"{sign}0.{new string('0', (int)-Exponent)}{Digits}" : $"{sign}{Digits[..(int)Exponent]}.{Digits[(int)Exponent..]}";
    }

    private static long ParseExponent(ReadOnlySpan<char> text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent))
            return Math.Clamp(exponent, -MaxExponent, MaxExponent);
        return text[0] == '-' ? -MaxExponent : MaxExponent;
    }
}
