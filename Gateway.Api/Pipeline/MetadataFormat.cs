using System.Globalization;

namespace Gateway.Pipeline;

/// <summary>How texts in metadata become numbers and lists (<c>MetadataOptions</c>).</summary>
internal sealed record MetadataFormat(
    IFormatProvider Culture, NumberStyles Style, string[] Separators, StringSplitOptions SplitOptions, char[] TrimChars)
{
    public static readonly MetadataFormat Default =
        new(CultureInfo.CurrentCulture, NumberStyles.Any, [","], StringSplitOptions.None, [' ']);

    /// <summary>The items of a list, trimmed, without empty ones.</summary>
    public string[] Split(string text) =>
        [.. text.Split(Separators, SplitOptions).Select(item => item.Trim(TrimChars)).Where(item => item.Length > 0)];
}
