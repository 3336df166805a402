namespace Gateway.Commands.Lints;

/// <summary>Finds options that are all right in themselves and dangerous where they stand.</summary>
internal sealed class RiskyOptions : ILint
{
    public void Look(LintedDocument document)
    {
        foreach (var entry in document.Entries)
        {
            var section = entry.Section;
            if (entry.Number("CacheOptions.TtlSeconds") > 0 && ProtectionGaps.IsGuarded(entry))
                section.Warning("CacheOptions", "the answers of this route depend on who asks, and are kept; each caller has a cache of his own, which seldom helps",
                    "Cache at the service, or remove CacheOptions here", LintCodes.PrivateCache);
            if (entry.Texts("Cors.Origins").Any(o => o.Text.Trim() == "*"))
                section.Warning("Cors.Origins", "pages of every origin in the world may call this route", "List the origins of your own pages", LintCodes.OpenCors);
        }
    }
}
