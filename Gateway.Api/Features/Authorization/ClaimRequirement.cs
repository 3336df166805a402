using System.Security.Claims;
using Gateway.Routing;

namespace Gateway.Features.Authorization;

/// <summary>One claim that a caller must have. Types and values are compared exactly.</summary>
/// <param name="Type">The claim's type.</param>
/// <param name="Values">Values of which one is enough.</param>
/// <param name="Placeholders">Placeholders of the route whose value in this request is enough, too.</param>
internal sealed record ClaimRequirement(string Type, IReadOnlyList<string> Values, IReadOnlyList<string> Placeholders)
{
    public bool IsMet(ClaimsPrincipal caller, RouteValues route)
    {
        foreach (var claim in caller.Claims)
            if (claim.Type == Type && (Values.Contains(claim.Value, StringComparer.Ordinal) || IsPlaceholder(claim.Value, route))) return true;
        return false;
    }

    private bool IsPlaceholder(string value, RouteValues route)
    {
        for (var i = 0; i < Placeholders.Count; i++)
            if (route.TryGetText(Placeholders[i], out var text) && text == value) return true;
        return false;
    }
}
