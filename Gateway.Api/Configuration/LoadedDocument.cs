namespace Gateway.Configuration;

/// <summary>What the files and everything laid over them come to. Immutable.</summary>
/// <param name="Root">The merged document; every value knows where it came from.</param>
/// <param name="Files">The files read, in the order in which they were merged.</param>
/// <param name="Notes">What an operator may wonder about; nothing that is wrong.</param>
/// <param name="HostSettings">The sections of <c>ocelot.json</c> that belong to the host, such as <c>Kestrel</c>, as its configuration takes them.</param>
internal sealed record LoadedDocument(
    ObjectNode Root, IReadOnlyList<string> Files, IReadOnlyList<string> Notes, IReadOnlyList<KeyValuePair<string, string?>> HostSettings);
