using System.Globalization;

namespace Gateway.Features.RateLimiting;

/// <summary>
/// A time written as <c>1.5m</c>: digits, then <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c> in any case; a number alone is milliseconds
/// (contract 06 §1.3). The point is the decimal sign whatever the machine's culture.
/// </summary>
internal static class Duration
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3660);

    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
        ("", TimeSpan.FromMilliseconds(1)),
    ];

    /// <returns>False for anything else than a duration from nothing to ten years.</returns>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        text = text.Trim();
        var (unit, length) = Array.Find(Units, u => text.EndsWith(u.Unit, StringComparison.OrdinalIgnoreCase));
        var number = text[..^unit.Length];
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)) return false;
        if (count * length.TotalSeconds > Longest.TotalSeconds) return false;

        duration = length * count;
        return true;
    }

    /// <summary>Whether the unit is there and in lower case, as Ocelot demands of a route's own <c>Period</c>.</summary>
    public static bool SaysItsUnit(string text) => char.IsAsciiLetterLower(text.Trim()[^1]);
}
