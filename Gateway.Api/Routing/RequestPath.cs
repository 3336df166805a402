namespace Gateway.Routing;

/// <summary>
/// The path a client asked for, in canonical spelling and without dot segments. Made from the raw request target, because the server's
/// decoded path can no longer tell <c>%26</c> from <c>&amp;</c>. Immutable.
/// </summary>
internal readonly struct RequestPath
{
    private RequestPath(string text)
    {
        Text = text;
        Key = PercentEncoding.Comparable(text);
    }

    /// <summary>The path, from its slash on; empty for targets that are no path (<c>*</c>, <c>host:port</c>), which fit no route.</summary>
    public string Text { get; }

    /// <summary>The spelling that is compared with templates; the same object as <see cref="Text"/> for most paths.</summary>
    internal string Key { get; }

    /// <summary>Reads a request's path; without a new string where the client sent it in canonical spelling.</summary>
    /// <param name="rawTarget">The target as received: <c>/path?query</c> or <c>http://host/path?query</c> (RFC 9112 §3.2).</param>
    /// <param name="pathBase">What the server took off the path's start; not part of the result.</param>
    /// <param name="path">The server's decoded path; used where it says the same, or where there is no raw target.</param>
    public static RequestPath From(string rawTarget, PathString pathBase, PathString path)
    {
        var raw = PathOf(rawTarget);
        var decoded = path.Value ?? "";
        if (raw.IsEmpty) return decoded.StartsWith('/') ? Parse(path.ToUriComponent()) : new RequestPath("");

        var baseText = pathBase.Value ?? "";
        if (IsCanonical(raw) && raw.Length == baseText.Length + decoded.Length && decoded.Length > 0 && raw.EndsWith(decoded))
            return new RequestPath(decoded);

        var text = Canonical(raw);
        return new RequestPath(baseText.Length == 0 ? text : WithoutBase(text, pathBase) ?? Canonical(path.ToUriComponent()));
    }

    /// <summary>The path of a target, as <see cref="From"/> reads it where there is no path base.</summary>
    public static RequestPath Parse(string target)
    {
        var raw = PathOf(target);
        return new RequestPath(raw.IsEmpty ? "" : IsCanonical(raw) && raw.Length == target.Length ? target : Canonical(raw));
    }

    public override string ToString() => Text;

    private static bool IsCanonical(ReadOnlySpan<char> raw) => PercentEncoding.IsPlainPath(raw) && !DotSegments.Occur(raw);

    private static string Canonical(ReadOnlySpan<char> raw)
    {
        var buffer = new TextBuffer(stackalloc char[256]);
        PercentEncoding.AppendPath(ref buffer, raw);
        buffer.Truncate(DotSegments.Resolve(buffer.Written, floor: 0, isEnd: true));
        return buffer.Finish();
    }

    /// <summary>From the first slash of the path up to the query; empty where there is none.</summary>
    private static ReadOnlySpan<char> PathOf(ReadOnlySpan<char> target)
    {
        var query = target.IndexOf('?');
        if (query >= 0) target = target[..query];
        if (target is [] or ['/', ..]) return target;

        var scheme = target.IndexOf("://");
        if (scheme < 0) return default;
        var path = target[(scheme + 3)..].IndexOf('/');
        return path < 0 ? "/" : target[(scheme + 3 + path)..];
    }

    private static string? WithoutBase(string text, PathString pathBase)
    {
        var start = PercentEncoding.CanonicalPath(pathBase.ToUriComponent());
        if (!text.StartsWith(start, StringComparison.OrdinalIgnoreCase)) return null;
        if (text.Length == start.Length) return "/";
        return text[start.Length] == '/' ? text[start.Length..] : null;
    }
}
