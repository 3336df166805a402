using System.Text;

namespace Gateway.Features.DelegatingHandlers.RequestLogging;

/// <summary>
/// Writes the headers that a route wants in its log. Whatever may be a credential is replaced by a mark, and of a value that holds a URL
/// the query is cut off: neither belongs in a log, whatever the configuration lists.
/// </summary>
internal sealed class LoggedHeaders(IReadOnlyList<string> names)
{
    private const string Redacted = "[redacted]";
    private const int MaxLength = 256;

    // A part of a name that tells of a credential.
    private static readonly string[] Secrets =
        ["auth", "cookie", "credential", "csrf", "jwt", "key", "passw", "secret", "session", "signature", "token", "xsrf"];

    private readonly (string Name, bool IsSecret)[] _names =
        [.. names.Select(n => (n, Secrets.Any(s => n.Contains(s, StringComparison.OrdinalIgnoreCase))))];

    /// <returns><c>name=value; name=value</c>; null where none of them is there.</returns>
    public string? Write(IHeaderDictionary headers)
    {
        StringBuilder? text = null;
        foreach (var (name, isSecret) in _names)
        {
            var values = headers[name];
            if (values.Count == 0) continue;
            text = text is null ? new StringBuilder() : text.Append("; ");
            text.Append(name).Append('=').Append(isSecret ? Redacted : Clean(values.ToString()));
        }
        return text?.ToString();
    }

    private static string Clean(string value)
    {
        var end = value.IndexOf('?', StringComparison.Ordinal);
        if (end < 0 || end > MaxLength) end = Math.Min(value.Length, MaxLength);
        return IsToken(value) ? Redacted : value[..end];
    }

    // What begins as a signed token does wherever it stands.
    private static bool IsToken(string value) =>
        value.Contains("eyJ", StringComparison.Ordinal) || value.Contains("Bearer ", StringComparison.OrdinalIgnoreCase)
        || value.Contains("Basic ", StringComparison.OrdinalIgnoreCase);
}
