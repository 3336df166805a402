using Gateway.Configuration;

namespace Gateway.Commands.Lints;

/// <summary>Finds verbs that are misspelt: any word may be a verb, and a route for <c>GTE</c> is never called.</summary>
internal sealed class Verbs : ILint
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY",
        "PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "REPORT", "SEARCH", "MERGE", "PURGE", "LINK", "UNLINK",
    };

    // What other gateways take for all verbs is a verb like any other here, which nobody sends.
    private static readonly string[] Everything = ["*", "ANY", "ALL"];

    public void Look(LintedDocument document)
    {
        foreach (var entry in document.Entries)
        {
            LookAtList(entry, "UpstreamHttpMethod");
            LookAtList(entry, "Cors.Methods", allows: "*");
            if (entry.Text("DownstreamHttpMethod") is { } sent) Look(entry, sent, "DownstreamHttpMethod");
        }
    }

    private static void LookAtList(EffectiveEntry entry, string path, string? allows = null)
    {
        var i = 0;
        foreach (var verb in entry.Texts(path))
        {
            var index = entry.Find(path) is ArrayNode ? i++ : (int?)null;
            if (verb.Text != allows) Look(entry, verb.Text, path, index);
        }
    }

    private static void Look(EffectiveEntry entry, string verb, string path, int? index = null)
    {
        var written = verb.Trim();
        if (Everything.Contains(written, StringComparer.OrdinalIgnoreCase))
        {
            entry.Section.Warning(index is null ? path : $"{path}[{index}]", $"\"{written}\" is read as the name of a verb, which no client sends",
                $"Leave {path} out for all verbs", LintCodes.UnknownVerb);
            return;
        }
        if (Known.Contains(written) || Spelling.Nearest(written, Known) is not { } nearest) return;
        entry.Section.Warning(index is null ? path : $"{path}[{index}]", $"\"{written}\" is no verb that clients use", $"Did you mean \"{nearest}\"?", LintCodes.UnknownVerb);
    }
}
