using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Gateway.Pipeline;

/// <summary>The <c>Metadata</c> of a route over the global one, for handlers and other code (contract 03 §8). Immutable.</summary>
public sealed class RouteMetadata
{
    internal static readonly RouteMetadata Empty = new([], MetadataFormat.Default);

    private static readonly string[] Truths = ["true", "yes", "on", "ok", "enable", "enabled", "1"];
    private static readonly string[] Untruths = ["false", "no", "off", "disable", "disabled", "0"];

    private static readonly FrozenDictionary<Type, Func<string, NumberStyles, IFormatProvider, object>> Numbers =
        new Dictionary<Type, Func<string, NumberStyles, IFormatProvider, object>>
        {
            [typeof(sbyte)] = static (text, style, culture) => sbyte.Parse(text, style, culture),
            [typeof(byte)] = static (text, style, culture) => byte.Parse(text, style, culture),
            [typeof(short)] = static (text, style, culture) => short.Parse(text, style, culture),
            [typeof(ushort)] = static (text, style, culture) => ushort.Parse(text, style, culture),
            [typeof(int)] = static (text, style, culture) => int.Parse(text, style, culture),
            [typeof(uint)] = static (text, style, culture) => uint.Parse(text, style, culture),
            [typeof(long)] = static (text, style, culture) => long.Parse(text, style, culture),
            [typeof(ulong)] = static (text, style, culture) => ulong.Parse(text, style, culture),
            [typeof(float)] = static (text, style, culture) => float.Parse(text, style, culture),
            [typeof(double)] = static (text, style, culture) => double.Parse(text, style, culture),
            [typeof(decimal)] = static (text, style, culture) => decimal.Parse(text, style, culture),
        }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, MetadataValue> _values;
    private readonly MetadataFormat _format;

    internal RouteMetadata(IEnumerable<KeyValuePair<string, MetadataValue>> values, MetadataFormat format) =>
        (_values, _format) = (values.ToFrozenDictionary(StringComparer.Ordinal), format);

    /// <summary>The names there are; compared exactly.</summary>
    public IReadOnlyCollection<string> Keys => _values.Keys;

    /// <summary>
    /// The value as <typeparamref name="T"/>: a <see langword="string"/> as it is (objects and lists as JSON); a <see langword="bool"/> is
    /// true for true, yes, on, ok, enable, enabled and 1, and a nullable one also knows the opposites and is null for anything else; a
    /// <c>string[]</c> is split, and a number read, as <c>MetadataOptions</c> says; anything else is read as JSON with web defaults.
    /// </summary>
    /// <param name="key">The name.</param>
    /// <param name="fallback">What to give where there is no value, or null.</param>
    /// <param name="json">How JSON is read, in place of the web defaults.</param>
    /// <exception cref="FormatException">A number was asked for and the text is none.</exception>
    /// <exception cref="JsonException">The text isn't JSON of that shape.</exception>
    public T? Get<T>(string key, T? fallback = default, JsonSerializerOptions? json = null)
    {
        if (!_values.TryGetValue(key, out var value)) return fallback;
        var type = typeof(T);
        if (type == typeof(string)) return (T)(object)value.Text;
        if (type == typeof(bool)) return (T)(object)IsOneOf(Truths, value.Text);
        if (type == typeof(bool?)) return (T?)(object?)Truth(value.Text);
        if (type == typeof(string[])) return (T)(object)(value.Items ?? _format.Split(value.Text));
        if (Numbers.TryGetValue(type, out var parse))
        {
            return (T)(value.IsNumber
                ? parse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture)
                : parse(value.Text, _format.Style, _format.Culture));
        }
        return JsonSerializer.Deserialize<T>(value.Text, json ?? JsonSerializerOptions.Web);
    }

    private static bool? Truth(string text) => IsOneOf(Truths, text) ? true : IsOneOf(Untruths, text) ? false : null;

    private static bool IsOneOf(string[] words, string text) => words.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase);
}
