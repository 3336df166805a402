using Gateway.Configuration;

namespace Gateway.Commands.Lints;

/// <summary>Finds verbs that are misspelt: any word may be a verb, and a route for <c>GTE</c> is never called.</summary>
internal sealed class Verbs : ILint
{
    private static readonly string[] Known =
    [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY",
        "PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "REPORT", "SEARCH", "MERGE", "PURGE", "LINK", "UNLINK",
    ];

    public void Look(LintedDocument document)
    {
        foreach (var entry in document.Entries)
        {
            LookAtList(entry, "UpstreamHttpMethod");
            LookAtList(entry, "Cors.Methods");
            if (entry.Text("DownstreamHttpMethod") is { } sent) Look(entry, sent, "DownstreamHttpMethod");
        }
    }

    private static void LookAtList(EffectiveEntry entry, string path)
    {
        var verbs = entry.Texts(path).ToArray();
        for (var i = 0; i < verbs.Length; i++) Look(entry, verbs[i].Text, entry.Find(path) is ArrayNode ? $"{path}[{i}]" : path);
    }

    private static void Look(EffectiveEntry entry, string verb, string path)
    {
        var written = verb.Trim();
        if (Known.Contains(written, StringComparer.OrdinalIgnoreCase) || Spelling.Nearest(written, Known) is not { } nearest) return;
        entry.Section.Warning(path, $"\"{written}\" is no verb that clients use", $"Did you mean \"{nearest}\"?", LintCodes.UnknownVerb);
    }
}
