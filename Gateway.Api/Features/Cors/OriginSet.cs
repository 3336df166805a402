using System.Collections.Frozen;
using Gateway.Configuration;

namespace Gateway.Features.Cors;

/// <summary>The origins of a CORS section. An origin is scheme, host and port, as browsers send it (RFC 6454 §6.2).</summary>
internal sealed class OriginSet
{
    private const string Any = "*";

    private readonly FrozenSet<string> _exact;
    private readonly IReadOnlyList<(string Start, string End)> _patterns;

    private OriginSet(bool isAny, IEnumerable<string> exact, IReadOnlyList<(string, string)> patterns) =>
        (IsAny, _exact, _patterns) = (isAny, exact.ToFrozenSet(StringComparer.OrdinalIgnoreCase), patterns);

    public bool IsAny { get; }

    public static bool TryCompile(RouteSection section, IReadOnlyList<string> written, out OriginSet origins)
    {
        var (exact, patterns, isComplete) = (new List<string>(), new List<(string, string)>(), true);
        foreach (var text in written.Where(text => text != Any))
        {
            // A label that stands for any makes the host one that parses.
            var isPattern = text.Contains("://*.", StringComparison.Ordinal);
            if (Normalize(isPattern ? text.Replace("://*.", "://any.", StringComparison.Ordinal) : text) is not { } origin)
            {
                section.Error(section.PathOf("Cors.Origins", text), $"\"{text}\" is no origin",
                    "Write scheme, host and perhaps port, without a path or a slash at the end: https://shop.example");
                isComplete = false;
            }
            else if (isPattern) patterns.Add((origin[..(origin.IndexOf("://", StringComparison.Ordinal) + 3)], origin[origin.IndexOf('.')..]));
            else exact.Add(origin);
        }
        origins = new OriginSet(written.Contains(Any), exact, patterns);
        return isComplete;
    }

    public bool Contains(string origin)
    {
        if (IsAny || _exact.Contains(origin)) return true;
        foreach (var (start, end) in _patterns)
            if (IsBetween(origin, start, end)) return true;
        return false;
    }

    private static bool IsBetween(string origin, string start, string end)
    {
        if (origin.Length <= start.Length + end.Length) return false;
        if (!origin.StartsWith(start, StringComparison.OrdinalIgnoreCase) || !origin.EndsWith(end, StringComparison.OrdinalIgnoreCase)) return false;
        foreach (var c in origin.AsSpan(start.Length, origin.Length - start.Length - end.Length))
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.')) return false;
        return true;
    }

    /// <summary>The spelling a browser sends: small letters, and no port that the scheme implies.</summary>
    private static string? Normalize(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.UserInfo.Length > 0) return null;
        if (text.EndsWith('/') || text.Contains('*') || uri.PathAndQuery is not ("/" or "") || uri.Fragment.Length > 0) return null;
        return uri.IsDefaultPort ? $"{uri.Scheme}://{uri.IdnHost}" : $"{uri.Scheme}://{uri.IdnHost}:{uri.Port}";
    }
}
