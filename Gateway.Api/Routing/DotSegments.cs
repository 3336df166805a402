namespace Gateway.Routing;

/// <summary>Resolution of <c>.</c> and <c>..</c> in canonical paths (RFC 3986 §5.2.4).</summary>
internal static class DotSegments
{
    /// <summary>Whether a segment of the text, which begins with a slash, is <c>.</c> or <c>..</c>.</summary>
    public static bool Occur(ReadOnlySpan<char> path)
    {
        for (var at = path.IndexOf("/."); at >= 0; at = path.IndexOf("/."))
        {
            path = path[(at + 2)..];
            if (path is [] or ['/', ..] or ['.'] or ['.', '/', ..]) return true;
        }
        return false;
    }

    /// <summary>Resolves in place; gives the length that is left.</summary>
    /// <param name="path">The text, which begins with a slash.</param>
    /// <param name="floor">How many characters at the start are never taken away; not the length of a dot segment.</param>
    /// <param name="isEnd">
    /// Whether the path ends with this text. A dot segment at the end leaves its slash (<c>/a/..</c> is <c>/</c>), one before more text
    /// leaves nothing.
    /// </param>
    public static int Resolve(Span<char> path, int floor, bool isEnd)
    {
        if (!Occur(path)) return path.Length;

        var length = 0;
        for (var start = 0; start < path.Length;)
        {
            var next = path[(start + 1)..].IndexOf('/');
            var end = next < 0 ? path.Length : start + 1 + next;
            var segment = path[start..end];
            if (segment is "/." or "/..")
            {
                if (segment.Length == 3) length = Math.Max(floor, path[..length].LastIndexOf('/'));
                if (end == path.Length && isEnd) path[length++] = '/';
            }
            else
            {
                segment.CopyTo(path[length..]);
                length += segment.Length;
            }
            start = end;
        }
        return length;
    }
}
