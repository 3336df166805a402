namespace Gateway.Commands.Lints;

/// <summary>
/// Finds templates written as other routers read them: <c>*</c>, <c>:id</c> and <c>&lt;id&gt;</c> are plain text here, as in Ocelot. And
/// characters that no client sends in a path as they stand.
/// </summary>
internal sealed class OddTemplates : ILint
{
    public void Look(LintedDocument document)
    {
        foreach (var entry in document.Entries)
        {
            if (entry.Text("UpstreamPathTemplate") is { } upstream && WhatIsOdd(upstream) is var (message, fix)) entry.Section.Warning("UpstreamPathTemplate", message, fix);
            if (entry.Text("DownstreamPathTemplate") is { } downstream && WhatIsOdd(downstream) is var (other, otherFix)) entry.Section.Warning("DownstreamPathTemplate", other, otherFix);
        }
    }

    private static (string Message, string Fix)? WhatIsOdd(string template)
    {
        var path = template.AsSpan();
        var depth = 0;
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '?' && depth == 0) return null; // queries hold much
            if (path[i] == '{') depth++;
            else if (path[i] == '}') depth--;
            else if (depth == 0 && WhatIsOdd(path, i) is { } found) return found;
        }
        return null;
    }

    private static (string Message, string Fix)? WhatIsOdd(ReadOnlySpan<char> path, int at) => path[at] switch
    {
        '*' => ("a '*' is plain text here, and stands for nothing else", "Write '{everything}' for whatever follows, '{name}' for one segment"),
        ':' when at > 0 && path[at - 1] == '/' && at + 1 < path.Length && char.IsAsciiLetter(path[at + 1]) =>
            ($"'{Word(path, at)}' is plain text here, and no placeholder", $"Write '{{{Word(path, at)[1..]}}}'"),
        '<' when path[at..].Contains('>') => ($"'{path[at..(at + path[at..].IndexOf('>') + 1)]}' is plain text here, and no placeholder", $"Write '{{{path[(at + 1)..(at + path[at..].IndexOf('>'))]}}}'"),
        '#' => ("no request has a '#' in its path: clients keep it and what follows to themselves", "Leave it out"),
        '\\' => ("a backslash parts no segments", "Write '/'"),
        var c when char.IsWhiteSpace(c) => ("a blank stands in the path, and a client would have to send it as %20", "Remove it"),
        _ => null,
    };

    private static string Word(ReadOnlySpan<char> path, int at)
    {
        var end = path[at..].IndexOf('/');
        return (end < 0 ? path[at..] : path.Slice(at, end)).ToString();
    }
}
