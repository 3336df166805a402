using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.Claims;

/// <summary><c>AddClaimsToRequest</c>: gives the caller claims made of other claims, before authorization looks at them.</summary>
internal sealed class ClaimsToClaimsFeature : IRouteFeature
{
    /// <summary>Claim types, and the expressions that give their values.</summary>
    public static readonly SectionKey<ObjectNode?> Key = new("AddClaimsToRequest", Levels.Route | Levels.DynamicRoute);

    public IReadOnlyList<SectionKey> Keys => [Key];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        var mappings = ClaimMap.Read(section, Key, StringComparer.Ordinal, name => name.Length > 0 ? null : ("is empty", "Write the claim's type"));
        if (mappings.Count > 0) route.Use(new ClaimsToClaimsStep(mappings));
    }
}
