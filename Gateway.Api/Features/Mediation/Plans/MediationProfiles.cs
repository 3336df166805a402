using Gateway.Configuration;

namespace Gateway.Features.Mediation.Plans;

/// <summary>The named plans of <c>GlobalConfiguration.Mediation.Profiles</c>, for <c>Use</c>.</summary>
/// <param name="Node">The object of profiles; null when there are none.</param>
/// <param name="Path">Where it stands.</param>
internal sealed record MediationProfiles(ObjectNode? Node, string Path)
{
    public static readonly MediationProfiles None = new(null, "");

    public IEnumerable<string> Names => Node?.Members.Select(m => m.Name) ?? [];

    public Member? Find(string name) => Node?.Find(name);
}
