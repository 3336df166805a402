using Gateway.Configuration;

namespace Gateway.Commands.Lints;

/// <summary>
/// Finds routes that anybody may call beside routes that ask who calls: the same path under another verb, or another path of the same
/// service. Also those that let anybody in and yet demand something of the caller. <c>AllowAnonymous</c> says that openness is meant.
/// </summary>
internal sealed class ProtectionGaps : ILint
{
    public void Look(LintedDocument document)
    {
        var guarded = document.Routes.Where(IsGuarded).ToArray();
        var paths = guarded.GroupBy(PathOf, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
        var services = guarded.Where(r => ServiceOf(r).Length > 0).GroupBy(ServiceOf).ToDictionary(g => g.Key, g => g.First());
        foreach (var route in document.Routes)
        {
            if (route.IsTrue("AuthenticationOptions.AllowAnonymous")) LookAtDemands(route);
            else if (!IsGuarded(route)) LookBeside(route, paths, services);
        }
    }

    /// <summary>Whether the route asks for a token.</summary>
    public static bool IsGuarded(EffectiveEntry route) =>
        !route.IsTrue("AuthenticationOptions.AllowAnonymous") && route.Texts("AuthenticationOptions.AuthenticationProviderKeys").Any();

    private static void LookBeside(EffectiveEntry route, Dictionary<string, EffectiveEntry> paths, Dictionary<string, EffectiveEntry> services)
    {
        var why = paths.TryGetValue(PathOf(route), out var guarded) ? "serves the same path under another verb"
            : services.TryGetValue(ServiceOf(route), out guarded) ? "leads to the same service"
            : null;
        if (why is null) return;
        route.Section.Warning("", $"anybody may call this route, while {guarded!.Section.Path}, which {why}, asks for a token",
            "Add \"AuthenticationOptions\", or say that it is meant: \"AuthenticationOptions\": { \"AllowAnonymous\": true }", LintCodes.ProtectionGap);
    }

    private static void LookAtDemands(EffectiveEntry route)
    {
        // What the global section demands, a route may lift; what stands beside AllowAnonymous contradicts it.
        var own = (route.Section.Node.Find("AuthenticationOptions")?.Value as ObjectNode)?.Find("AllowedScopes") is not null ? "AuthenticationOptions.AllowedScopes"
            : route.Section.Node.Find("RouteClaimsRequirement")?.Value is ObjectNode { Members.Count: > 0 } ? "RouteClaimsRequirement"
            : null;
        if (own is null) return;
        route.Section.Warning(own, "the route lets anybody in by AllowAnonymous, so that this demand has no caller to look at",
            "Remove AllowAnonymous, or the demand", ProblemCodes.Conflict);
    }

    private static string PathOf(EffectiveEntry route) => $"{route.Text("UpstreamHost")} {route.Text("UpstreamPathTemplate")}";

    private static string ServiceOf(EffectiveEntry route) => route.Text("ServiceName") is { } name
        ? $"{route.Text("ServiceNamespace")}/{name}".ToUpperInvariant()
        : string.Join(',', Destinations.Of(route).Select(d => $"{d.Host}:{d.Port}".ToUpperInvariant()).Order(StringComparer.Ordinal));
}
