using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Gateway.Routing;

/// <summary>
/// An <c>UpstreamHost</c>: a host name without port, compared ignoring case, or <c>*.example.com</c> for every name below
/// <c>example.com</c>, however deep, but not <c>example.com</c> itself. Immutable.
/// </summary>
internal sealed record HostPattern
{
    private static readonly SearchValues<char> NeverInHosts = SearchValues.Create("/?#@ {}\t\"<>\\^`|");

    private HostPattern(string name, bool isWildcard)
    {
        Name = name;
        IsWildcard = isWildcard;
    }

    /// <summary>The name in lower case; for a wildcard with its dot and without its star: <c>.example.com</c>.</summary>
    public string Name { get; }

    public bool IsWildcard { get; }

    /// <summary>Reads a host. No text at all is any host: no pattern, and no fault.</summary>
    public static bool TryParse(string? text, out HostPattern? host, ICollection<TemplateFault> faults)
    {
        host = null;
        if (string.IsNullOrEmpty(text)) return true;
        if (!IsHost(text, faults)) return false;

        var isWildcard = text.StartsWith("*.", StringComparison.Ordinal);
        if (TryAscii(isWildcard ? text[1..] : text, out var name)) host = new HostPattern(name, isWildcard);
        else faults.Add(new(0, $"the host '{text}' is no host name", "Write a name such as 'gateway.example.com'"));
        return host is not null;
    }

    /// <summary>The host of a <c>Host</c> header, which may carry a port and, as a fully qualified name, a dot at its end.</summary>
    public static ReadOnlySpan<char> HostOf(ReadOnlySpan<char> header)
    {
        var end = header.StartsWith('[') ? header.IndexOf(']') + 1 : header.IndexOf(':');
        var host = end > 0 ? header[..end] : header;
        return host.EndsWith('.') ? host[..^1] : host;
    }

    /// <summary>Whether a host, as <see cref="HostOf"/> gives it, fits.</summary>
    public bool Matches(ReadOnlySpan<char> host) =>
        IsWildcard
            ? host.Length > Name.Length && host.EndsWith(Name, StringComparison.OrdinalIgnoreCase)
            : host.Equals(Name, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => IsWildcard ? "*" + Name : Name;

    private static bool IsHost(string text, ICollection<TemplateFault> faults)
    {
        var host = HostOf(text);
        if (text.Contains("://", StringComparison.Ordinal))
            faults.Add(new(0, $"the host '{text}' has a scheme", "Write the host's name alone"));
        else if (text.AsSpan().IndexOfAny(NeverInHosts) is var at and >= 0)
            faults.Add(new(at, $"'{text[at]}' can't stand in the host '{text}'", "Write the name alone; hosts have no placeholders"));
        else if (host.Length < text.TrimEnd('.').Length)
            faults.Add(new(host.Length, $"the host '{text}' has a port, which is no part of what is compared", $"Write '{host}'"));
        else if (text.LastIndexOf('*') > 0 || (text[0] == '*' && !text.StartsWith("*.", StringComparison.Ordinal)) || text == "*.")
            faults.Add(new(text.IndexOf('*'), $"the '*' in '{text}' is not a whole first label", "Write '*.example.com', or no host"));
        else
            return true;
        return false;
    }

    /// <summary>The name as clients send it: in lower case, other scripts in the form of RFC 3490.</summary>
    private static bool TryAscii(string text, [NotNullWhen(true)] out string? name)
    {
        name = HostOf(text).ToString().ToLowerInvariant();
        if (Ascii.IsValid(name)) return name.Length > 0;

        try
        {
            var dot = name.StartsWith('.') ? "." : "";
            name = dot + new IdnMapping().GetAscii(name, dot.Length);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
