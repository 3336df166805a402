using System.Collections.Frozen;
using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.Authorization;

/// <summary>Asks whether the caller may: by scope where authentication demands one, by claim where the route does (contract 05 §6 and §7).</summary>
internal sealed class AuthorizationFeature : IRouteFeature
{
    /// <summary>
    /// Claim types and what the caller must have of each: a value, or a list of which one is enough. Read raw, so that a type may hold any
    /// character and nothing empty gets lost.
    /// </summary>
    public static readonly SectionKey<ObjectNode?> Key = new("RouteClaimsRequirement", Levels.Route | Levels.DynamicRoute);

    public IReadOnlyList<SectionKey> Keys => [Key];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        if (route.RequiredScopes.Count > 0) route.Use(new ScopeStep(route.RequiredScopes.ToFrozenSet(StringComparer.Ordinal), LetsOptionsPass(section)));

        if (section.ReadOwn(Key) is not { Members.Count: > 0 } written) return;
        if (!route.IsProtected)
            section.Warning(Key.Name, "no scheme authenticates callers of this route, so none can have the claims, and all are refused",
                "Name a scheme in AuthenticationOptions, or remove the requirement", ProblemCodes.Conflict);
        var requirements = ClaimRequirements.Read(written, section, route.Placeholders);
        if (requirements.Count > 0) route.Use(new ClaimStep(requirements, LetsOptionsPass(section)));
    }

    // As authentication does: a preflight has no caller; sent on under another verb, a request needs one.
    private static bool LetsOptionsPass(RouteSection section) => !section.Has("DownstreamHttpMethod");
}
