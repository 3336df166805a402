using System.Collections.Frozen;
using System.Globalization;

namespace Gateway.Features.Metadata;

/// <summary>
/// The signs that a culture writes in numbers. The gateway runs without the platform's culture data, so that it needs no library of it;
/// what metadata needs is only this.
/// </summary>
internal static class NumberCulture
{
    private const string NoBreakSpace = "\u00A0";

    // By language, as the Unicode CLDR has it.
    private static readonly FrozenSet<string> PointThenComma = FrozenSet.ToFrozenSet(
        [
            "am", "ar", "bn", "cy", "en", "fa", "fil", "ga", "gu", "he", "hi", "ja", "kn", "ko", "ml", "mr", "ms", "mt", "ne",
            "pa", "si", "sw", "ta", "te", "th", "ur", "zh",
        ]);

    private static readonly FrozenSet<string> CommaThenPoint = FrozenSet.ToFrozenSet(
        [
            "az", "bs", "ca", "da", "de", "el", "es", "eu", "gl", "hr", "id", "is", "it", "lo", "mk", "nl", "pt",
            "ro", "sl", "sq", "sr", "tr", "vi",
        ]);

    private static readonly FrozenSet<string> CommaThenSpace = FrozenSet.ToFrozenSet(
        [
            "af", "be", "bg", "cs", "et", "fi", "fr", "hu", "hy", "ka", "kk", "lt", "lv", "nb", "nn",
            "no", "pl", "ru", "sk", "sv", "uk", "uz",
        ]);

    private static readonly FrozenDictionary<string, (string Decimal, string Group)> Exceptions = new Dictionary<string, (string, string)>
    {
        ["de-CH"] = (".", "’"),
        ["de-LI"] = (".", "’"),
        ["it-CH"] = (".", "’"),
        ["de-AT"] = (",", NoBreakSpace),
        ["es-MX"] = (".", ","),
        ["es-US"] = (".", ","),
        ["es-GT"] = (".", ","),
        ["es-PE"] = (".", ","),
        ["es-PR"] = (".", ","),
        ["pt-PT"] = (",", NoBreakSpace),
        ["en-ZA"] = (",", NoBreakSpace),
        ["fr-CA"] = (",", NoBreakSpace),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <param name="name">Such as <c>en-GB</c> or <c>de</c>; empty for the invariant culture.</param>
    /// <returns>Null for a language that isn't known here.</returns>
    public static NumberFormatInfo? Find(string name)
    {
        if (name.Length == 0) return NumberFormatInfo.InvariantInfo;
        if (Exceptions.TryGetValue(name, out var exception)) return Format(exception.Decimal, exception.Group);
        var language = name.Split('-', '_')[0].ToLowerInvariant();
        return PointThenComma.Contains(language) ? Format(".", ",")
            : CommaThenPoint.Contains(language) ? Format(",", ".")
            : CommaThenSpace.Contains(language) ? Format(",", NoBreakSpace)
            : null;
    }

    private static NumberFormatInfo Format(string point, string group) => NumberFormatInfo.ReadOnly(new NumberFormatInfo
    {
        NumberDecimalSeparator = point,
        NumberGroupSeparator = group,
        CurrencyDecimalSeparator = point,
        CurrencyGroupSeparator = group,
    });
}
