using System.Globalization;
using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.Metadata;

/// <summary>Makes <c>MetadataOptions</c> into how texts are read.</summary>
internal static class MetadataFormatCompiler
{
    /// <summary>Once for the document; problems are reported at the global section.</summary>
    public static MetadataFormat Compile(MetadataOptions options, GlobalSection section) => new(
        Culture(options.CurrentCulture, section),
        Names(options.NumberStyle, NumberStyles.Any, "NumberStyle", section),
        [.. (options.Separators ?? []).Prepend(",").Distinct()],
        Names(options.StringSplitOption, StringSplitOptions.None, "StringSplitOption", section),
        [.. Chars(options.TrimChars ?? [], section).Prepend(' ').Distinct()]);

    private static IFormatProvider Culture(string? name, GlobalSection section)
    {
        if (name is null) return CultureInfo.CurrentCulture;
        if (NumberCulture.Find(name) is { } culture) return culture;
        section.Error("MetadataOptions.CurrentCulture", $"\"{name}\" is no culture that is known here",
            "Write a name such as \"en-GB\" or \"de-DE\"");
        return CultureInfo.InvariantCulture;
    }

    /// <summary>One name of an enumeration, or several joined by commas.</summary>
    private static T Names<T>(string? text, T none, string key, GlobalSection section) where T : struct, Enum
    {
        if (text is null) return none;
        if (Enum.TryParse<T>(text, ignoreCase: true, out var value) && !text.Any(char.IsAsciiDigit)) return value;
        var nearest = Spelling.Nearest(text, Enum.GetNames<T>());
        section.Error($"MetadataOptions.{key}", $"\"{text}\" is none of {string.Join(", ", Enum.GetNames<T>())}",
            nearest is null ? "Write one of these names, or several joined by commas" : $"Did you mean \"{nearest}\"?");
        return none;
    }

    private static IEnumerable<char> Chars(IReadOnlyList<string> texts, GlobalSection section)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i] is [var only]) yield return only;
            else section.Error($"MetadataOptions.TrimChars[{i}]", $"must be one character, was \"{texts[i]}\"", "Write an entry for each");
        }
    }
}
