namespace Gateway.Routing;

/// <summary>Reads the text of upstream and downstream templates, which follow the same rules (contract 01 §6, 02 §2).</summary>
internal static class TemplateReader
{
    /// <summary>Literal text and placeholders in turn; null, with faults added, where the text is no template.</summary>
    public static List<TemplatePart>? Read(string text, ICollection<TemplateFault> faults)
    {
        var before = faults.Count;
        CheckStart(text, faults);
        var parts = ReadParts(text, faults);
        return faults.Count == before ? parts : null;
    }

    /// <summary>The path's parts and the query's; no query where there is no <c>?</c>.</summary>
    public static (List<TemplatePart> Path, List<TemplatePart>? Query) SplitQuery(List<TemplatePart> parts)
    {
        var at = parts.FindIndex(part => !part.IsPlaceholder && part.Text.Contains('?'));
        if (at < 0) return (parts, null);

        var text = parts[at].Text;
        var mark = text.IndexOf('?');
        List<TemplatePart> path = [.. parts[..at], parts[at] with { Text = text[..mark] }];
        List<TemplatePart> query = [parts[at] with { Text = text[(mark + 1)..] }, .. parts[(at + 1)..]];
        return (path, query);
    }

    /// <summary>The parts between the slashes; the last list is empty where the path ends with a slash.</summary>
    public static List<List<TemplatePart>> SplitSegments(List<TemplatePart> path)
    {
        var segments = new List<List<TemplatePart>>();
        foreach (var part in path)
        {
            if (part.IsPlaceholder)
            {
                segments[^1].Add(part);
                continue;
            }

            var texts = part.Text.Split('/');
            if (texts[0].Length > 0) segments[^1].Add(part with { Text = texts[0] });
            for (var i = 1; i < texts.Length; i++) segments.Add(texts[i].Length > 0 ? [part with { Text = texts[i] }] : []);
        }
        return segments;
    }

    private static void CheckStart(string text, ICollection<TemplateFault> faults)
    {
        if (text.Length == 0)
            faults.Add(new(0, "the template is empty", "Write at least '/'"));
        else if (SchemeLength(text) is var scheme and > 0)
            faults.Add(new(0, $"the template begins with '{text[..scheme]}'", "Leave out scheme and host, as in '/orders/{id}'"));
        else if (text[0] != '/')
            faults.Add(new(0, $"the template '{text}' does not begin with '/'", $"Write '/{text}'"));

        var query = text.IndexOf('?');
        var doubled = (query < 0 ? text : text[..query]).IndexOf("//", StringComparison.Ordinal);
        if (doubled >= 0 && SchemeLength(text) == 0)
            faults.Add(new(doubled, $"the template '{text}' holds '//'", "Write one '/' between two segments"));
    }

    private static int SchemeLength(string text)
    {
        foreach (var scheme in (ReadOnlySpan<string>)["http://", "https://", "ws://", "wss://"])
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return scheme.Length;
        }
        return 0;
    }

    private static List<TemplatePart> ReadParts(string text, ICollection<TemplateFault> faults)
    {
        var parts = new List<TemplatePart>();
        for (var at = 0; at < text.Length;)
        {
            var brace = text.AsSpan(at).IndexOfAny('{', '}');
            var literalEnd = brace < 0 ? text.Length : at + brace;
            if (literalEnd > at) parts.Add(new(text[at..literalEnd], IsPlaceholder: false));
            if (brace < 0) break;

            at = ReadPlaceholder(text, literalEnd, parts, faults);
        }
        return parts;
    }

    /// <summary>Reads what begins at a brace; gives the place after it.</summary>
    private static int ReadPlaceholder(string text, int start, List<TemplatePart> parts, ICollection<TemplateFault> faults)
    {
        if (text[start] == '}')
        {
            faults.Add(new(start, "a '}' has no '{' before it", "Write a placeholder as '{name}', or '%7D' for the character itself"));
            return start + 1;
        }

        var length = text.AsSpan(start + 1).IndexOfAny('{', '}');
        if (length < 0 || text[start + 1 + length] == '{')
        {
            faults.Add(new(start, "a '{' has no '}' after it", "Write a placeholder as '{name}', or '%7B' for the character itself"));
            return length < 0 ? text.Length : start + 1 + length;
        }

        var name = text.Substring(start + 1, length);
        if (name.Length == 0)
            faults.Add(new(start, "the placeholder '{}' has no name", "Name it, as in '{id}'"));
        else if (!IsName(name))
            faults.Add(new(start, $"'{{{name}}}' is no placeholder: a name holds letters, digits, '_', '-' and '.'", Rewritten(name)));
        else if (parts.Contains(new(name, IsPlaceholder: true)))
            faults.Add(new(start, $"the placeholder '{{{name}}}' occurs twice", "Give each placeholder its own name"));

        parts.Add(new(name, IsPlaceholder: true));
        return start + length + 2;
    }

    public static bool IsName(string name) => name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.');

    private static string Rewritten(string name)
    {
        var word = string.Concat(name.SkipWhile(c => c == '*').TakeWhile(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.'));
        return word.Length > 0
            ? $"Write '{{{word}}}'; there are no constraints, defaults or '*', and the last placeholder of a path takes all that is left"
            : "Write a placeholder as '{name}'";
    }
}
