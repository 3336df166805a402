using System.Text;

namespace Gateway.Features.Mediation.Http;

/// <summary>
/// Entity tags of mediated answers. <c>"abc"</c> becomes <c>W/"abc;m=mark"</c>, where the mark stands for the plan and what it reads of the
/// exchange, and is undone in conditions on the way in: a tag that was given under another plan, or to another client, fits nothing.
/// </summary>
internal static class EntityTags
{
    /// <returns>The tag for the client, or null when the service's isn't one.</returns>
    public static string? Mark(string tag, string mark)
    {
        var text = tag.Trim();
        var opaque = text.StartsWith("W/", StringComparison.Ordinal) ? text[2..] : text;
        return opaque.Length >= 2 && opaque[0] == '"' && opaque[^1] == '"' ? $"W/{opaque[..^1]};m={mark}\"" : null;
    }

    /// <summary>The tags of a condition as the service knows them.</summary>
    public static string Unmark(string condition, string mark)
    {
        var ending = $";m={mark}\"";
        if (!condition.Contains(ending, StringComparison.Ordinal)) return condition;
        var result = new StringBuilder(condition.Length);
        var at = 0;
        while (at < condition.Length)
        {
            var open = condition.IndexOf('"', at);
            var close = open < 0 ? -1 : condition.IndexOf('"', open + 1);
            if (close < 0) break;
            var tag = condition[open..(close + 1)];
            var isOurs = tag.EndsWith(ending, StringComparison.Ordinal);
            var between = condition[at..open];
            // The service's tag was strong, or it wouldn't be asked for with If-Match.
            if (isOurs && between.EndsWith("W/", StringComparison.Ordinal)) between = between[..^2];
            result.Append(between).Append(isOurs ? tag[..^ending.Length] + "\"" : tag);
            at = close + 1;
        }
        return result.Append(condition, at, condition.Length - at).ToString();
    }
}
