using Microsoft.Extensions.Primitives;

namespace Gateway.Features.Headers;

/// <summary>Text replaced within a header that is there.</summary>
/// <param name="Find">What to look for, exactly; null for the address of the destination: <c>{DownstreamBaseUrl}</c>.</param>
/// <param name="EveryValue">
/// Whether every line of the header is kept and changed, whatever the case of its name; else only the first is kept, as in Ocelot.
/// </param>
internal sealed record Replacement(string Header, string? Find, string Replace, bool EveryValue)
{
    /// <param name="find">What is looked for in this request.</param>
    public StringValues Apply(StringValues values, string find)
    {
        if (!EveryValue) return (values[0] ?? "").Replace(find, Replace, StringComparison.Ordinal);
        var changed = new string[values.Count];
        for (var i = 0; i < changed.Length; i++) changed[i] = (values[i] ?? "").Replace(find, Replace, StringComparison.Ordinal);
        return changed;
    }
}
