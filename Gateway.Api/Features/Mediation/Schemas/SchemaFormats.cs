using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Gateway.Features.Mediation.Schemas;

/// <summary>The formats that are checked (draft-07 section 7.3); others say nothing about the value.</summary>
internal static partial class SchemaFormats
{
    /// <returns>The check of a format, or null when it isn't checked.</returns>
    public static Func<string, bool>? Find(string name) => name switch
    {
        "date-time" => IsDateTime,
        "date" => t => DateOnly.TryParseExact(t, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "time" => t => IsDateTime("2000-01-01T" + t),
        "email" => t => Email().IsMatch(t),
        "hostname" => t => t.Length <= 253 && Hostname().IsMatch(t),
        "ipv4" => t => Ipv4().IsMatch(t),
        "ipv6" => t => t.Contains(':', StringComparison.Ordinal) && !t.Contains('[', StringComparison.Ordinal) && !t.Contains('%', StringComparison.Ordinal)
            && IPAddress.TryParse(t, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6,
        "uri" => t => UriText().IsMatch(t) && Uri.TryCreate(t, UriKind.Absolute, out _),
        "uri-reference" => t => ReferenceText().IsMatch(t) && Uri.TryCreate(t, UriKind.RelativeOrAbsolute, out _),
        "uuid" => t => Guid.TryParseExact(t, "D", out _),
        "json-pointer" => t => Pointer().IsMatch(t),
        "regex" => IsRegex,
        _ => null,
    };

    private static bool IsDateTime(string text)
    {
        if (!DateTime().IsMatch(text)) return false;
        // A leap second is valid where one can be.
        var plain = text.ToUpperInvariant();
        if (plain.AsSpan(17, 2) is "60") plain = plain.AsSpan(11, 5) is "23:59" && plain.EndsWith('Z') ? $"{plain[..17]}59{plain[19..]}" : "";
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        var zone = point < 0 ? -1 : plain.AsSpan(point).IndexOfAny('Z', '+', '-') + point;
        if (point > 0) plain = plain[..point] + plain[zone..];
        return DateTimeOffset.TryParse(plain, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    private static bool IsRegex(string text)
    {
        try
        {
            _ = new Regex(text, RegexOptions.ECMAScript);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex DateTime();

    [GeneratedRegex(@"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)*\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(@"^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Hostname();

    [GeneratedRegex(@"^(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Ipv4();

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9+.-]*:[!#$&-;=?-\\[\\]_a-z~%]*\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex UriText();

    [GeneratedRegex("^[!#$&-;=?-\\[\\]_a-z~%]*\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex ReferenceText();

    [GeneratedRegex(@"^(/([^~/]|~[01])*)*\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Pointer();
}
