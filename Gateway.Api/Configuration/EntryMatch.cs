namespace Gateway.Configuration;

/// <summary>
/// Finds the entry of a list that an overlay's entry is meant for: the one of the same <c>Key</c>; else the one of the same upstream
/// template, host and verbs, where verbs and header templates that the overlay leaves out are no difference; in <c>DynamicRoutes</c> the one
/// of the same service.
/// </summary>
internal sealed class EntryMatch(string list, ArrayNode below, ProblemList problems)
{
    private readonly bool _isDynamic = string.Equals(list, "DynamicRoutes", StringComparison.OrdinalIgnoreCase);
    private readonly ILookup<string, int> _byKey = Lookup(below, e => Text(e, "Key"));
    private readonly ILookup<string, int> _byName = Lookup(below, e => Text(e, "UpstreamPathTemplate") ?? Text(e, "ServiceName"));

    /// <returns>The position of the entry to patch; null where the overlay's entry is a new one.</returns>
    public int? Find(ObjectNode entry, string path)
    {
        var key = Text(entry, "Key");
        if (key is not null && _byKey[key].Any()) return Single([.. _byKey[key]], entry, path);

        var name = Text(entry, _isDynamic ? "ServiceName" : "UpstreamPathTemplate");
        if (name is null) return null;
        int[] found = [.. _byName[name].Where(i => Entry(i) is { } e && (key is null || Text(e, "Key") is null) && Fits(e, entry))];
        if (found.Length < 2) return found.Length == 0 ? null : found[0];

        // Where the overlay leaves something out and several differ in just that, the one that leaves it out as well is meant.
        int[] exact = [.. found.Where(i => Entry(i) is { } e && FitsExactly(e, entry))];
        return Single(exact.Length == 1 ? exact : found, entry, path);
    }

    private int? Single(int[] found, ObjectNode entry, string path)
    {
        if (found.Length == 1) return found[0];
        problems.Error(ProblemCodes.Conflict, entry.Origin, path,
            $"this entry could be meant for {found.Length} entries of {list}, the first at {below.Items[found[0]].Origin}",
            "Give each of them a 'Key' of its own, and write it here");
        return null;
    }

    private ObjectNode? Entry(int index) => below.Items[index] as ObjectNode;

    private bool Fits(ObjectNode entry, ObjectNode overlay) => _isDynamic
        ? SameText(entry, overlay, "ServiceNamespace")
        : SameText(entry, overlay, "UpstreamHost")
          && (overlay.Find("UpstreamHttpMethod") is null || UpstreamIdentity.VerbsOf(entry).SetEquals(UpstreamIdentity.VerbsOf(overlay)))
          && (overlay.Find("UpstreamHeaderTemplates") is null || UpstreamIdentity.HeadersOf(entry).SetEquals(UpstreamIdentity.HeadersOf(overlay)));

    private static bool FitsExactly(ObjectNode entry, ObjectNode overlay) =>
        UpstreamIdentity.VerbsOf(entry).SetEquals(UpstreamIdentity.VerbsOf(overlay)) && UpstreamIdentity.HeadersOf(entry).SetEquals(UpstreamIdentity.HeadersOf(overlay));

    private static bool SameText(ObjectNode a, ObjectNode b, string name) =>
        string.Equals(Text(a, name) ?? "", Text(b, name) ?? "", StringComparison.OrdinalIgnoreCase);

    private static string? Text(ObjectNode entry, string name) =>
        entry.Find(name)?.Value is ScalarNode { Scalar: not ScalarKind.Null, Text: { Length: > 0 } text } ? text : null;

    private static ILookup<string, int> Lookup(ArrayNode list, Func<ObjectNode, string?> name) => list.Items
        .Select((node, index) => (Name: node is ObjectNode entry ? name(entry) : null, Index: index))
        .Where(e => e.Name is not null)
        .ToLookup(e => e.Name!, e => e.Index, StringComparer.Ordinal);
}
