using Gateway.Runtime;

namespace Gateway.Hosting.Management;

/// <summary>An entry as pages show it. Its numbers aren't in here: they change, this doesn't.</summary>
/// <param name="Path">Its place in the document.</param>
/// <param name="At">Its file, line and column.</param>
/// <param name="Steps">The steps that see a request, in order; then the delegating handlers by name.</param>
/// <param name="ShadowedBy">The place of an entry that takes whatever this one could; null for one that can be reached.</param>
/// <param name="ShadowExample">A request that shows it.</param>
internal sealed record RouteView(
    string Path, string Name, string? At, string Kind, string? Host, string Template, IReadOnlyList<string> Methods, int Priority, bool IsProtected,
    IReadOnlyList<string> Steps, IReadOnlyList<string> Handlers, string? Downstream, string? Service, string? Provider, string? MediationPlan, bool HasCircuit,
    string? ShadowedBy, string? ShadowExample)
{
    /// <summary>The entry itself, for its numbers.</summary>
    internal CompiledRoute Entry { get; init; } = null!;
}
