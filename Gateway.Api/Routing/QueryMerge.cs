namespace Gateway.Routing;

/// <summary>
/// What becomes of the client's query (contract 02 §5.1). Parameters that are kept keep their bytes, their order and their number; names
/// are compared as they read when decoded.
/// </summary>
internal static class QueryMerge
{
    /// <summary>Case A: everything, without the <c>?</c>s too many at the start.</summary>
    public static string Whole(string query)
    {
        var text = query.AsSpan().TrimStart('?');
        return PercentEncoding.ValidQuery(text.Length == query.Length - 1 ? query : $"?{text}");
    }

    /// <summary>Case B: everything but the parameters that are named like a value, ignoring case.</summary>
    public static string Without(RouteValues values, string query)
    {
        var text = query.AsSpan().TrimStart('?');
        if (!HasNamedLike(values, text)) return Whole(query);

        var buffer = new TextBuffer(stackalloc char[256]);
        foreach (var range in text.Split('&'))
        {
            if (!IsNamedLike(values, text[range], StringComparison.OrdinalIgnoreCase)) AppendParameter(ref buffer, text[range]);
        }
        return buffer.Finish();
    }

    /// <summary>
    /// Case D: the template's parameters, then those of the client that are named neither like a value nor like one of the template's, case
    /// minded.
    /// </summary>
    /// <param name="template">The template's query, its values filled in.</param>
    /// <param name="values">The values.</param>
    /// <param name="query">The client's query without <c>?</c>.</param>
    public static string Merge(ReadOnlySpan<char> template, RouteValues values, ReadOnlySpan<char> query)
    {
        var buffer = new TextBuffer(stackalloc char[256]);
        foreach (var range in template.Split('&'))
        {
            // '?{everything}' leaves nothing of itself: what it stands for comes with the client's parameters.
            if (!template[range].IsEmpty) AppendParameter(ref buffer, template[range]);
        }

        foreach (var range in query.Split('&'))
        {
            var parameter = query[range];
            if (IsNamedLike(values, parameter, StringComparison.Ordinal) || IsNamedIn(template, parameter)) continue;
            AppendParameter(ref buffer, parameter);
        }
        return buffer.Finish();
    }

    private static void AppendParameter(ref TextBuffer buffer, ReadOnlySpan<char> parameter)
    {
        buffer.Append(buffer.Length == 0 ? '?' : '&');
        PercentEncoding.AppendQuery(ref buffer, parameter);
    }

    private static bool HasNamedLike(RouteValues values, ReadOnlySpan<char> query)
    {
        foreach (var range in query.Split('&'))
        {
            if (IsNamedLike(values, query[range], StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    private static bool IsNamedLike(RouteValues values, ReadOnlySpan<char> parameter, StringComparison comparison) =>
        values.Has(NameOf(parameter), comparison);

    private static bool IsNamedIn(ReadOnlySpan<char> template, ReadOnlySpan<char> parameter)
    {
        var name = NameOf(parameter);
        foreach (var range in template.Split('&'))
        {
            if (!template[range].IsEmpty && name.SequenceEqual(NameOf(template[range]))) return true;
        }
        return false;
    }

    /// <summary>The text before <c>=</c>, decoded as a form's is.</summary>
    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> parameter)
    {
        var end = parameter.IndexOf('=');
        var name = end < 0 ? parameter : parameter[..end];
        return name.ContainsAny('%', '+') ? PercentEncoding.Unescape(name.ToString().Replace('+', ' ')) : name;
    }
}
