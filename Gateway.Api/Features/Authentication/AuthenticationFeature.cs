using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.Authentication;

/// <summary>
/// Makes a route ask who is calling (contract 05). Every scheme that the document names must exist, whether or not a request could ever
/// reach it; whatever reads like a demand but names no scheme is refused, because nobody would be asked.
/// </summary>
internal sealed class AuthenticationFeature(SchemeCatalog catalog) : IRouteFeature, IDocumentFeature
{
    public static readonly SectionKey<AuthenticationOptions?> Key =
        new("AuthenticationOptions", Levels.Route | Levels.DynamicRoute | Levels.Global, Combination.FieldByField);

    public IReadOnlyList<SectionKey> Keys => [Key];

    /// <summary>Checks what stands beside the routes: the schemes themselves, and the names in the global section.</summary>
    public void Compile(OcelotDocument document, SnapshotBuilder snapshot)
    {
        foreach (var fault in catalog.Faults)
            document.Global.Problems.Error(ProblemCodes.InvalidValue, fault.PlaceIn(document.Root), fault.Path, fault.Message, fault.Fix);
        CheckNames(document.Global);
    }

    public void Compile(RouteSection section, RouteBuilder route)
    {
        if (section.Level == Levels.Aggregate) return;
        CheckNames(section);
        if (section.Read(Key) is not { } options) return;

        if (options.AllowAnonymous == true) WarnOfAnonymous(section, options);
        else if (options.AuthenticationProviderKeys is { Count: > 0 } names) Protect(section, route, options, names);
        else RefuseOpenDemands(section, options);
    }

    private void Protect(RouteSection section, RouteBuilder route, AuthenticationOptions options, IReadOnlyList<string> names)
    {
        if (catalog.Faults.Count > 0 || !names.All(catalog.Knows)) return; // has been reported where it stands
        route.IsProtected = true;
        route.RequiredScopes = options.AllowedScopes ?? [];
        route.Use(new AuthenticationStep(catalog.List(names), LetsOptionsPass(section)));
    }

    // Ocelot lets OPTIONS pass for the sake of preflights. Sent on under another verb it would be a request that nobody was asked for.
    private static bool LetsOptionsPass(RouteSection section) => !section.Has("DownstreamHttpMethod");

    private static void RefuseOpenDemands(RouteSection section, AuthenticationOptions options)
    {
        const string fix = "Name a scheme in AuthenticationProviderKeys, or write \"AllowAnonymous\": true to leave the route open";
        if (options.AllowedScopes is { Count: > 0 })
            section.Error("AuthenticationOptions.AllowedScopes", "scopes are demanded, but no scheme is named, so no caller would be asked for any",
                fix, ProblemCodes.Conflict);
        else if (options.AllowAnonymous == false)
            section.Error("AuthenticationOptions.AllowAnonymous", "anonymous callers are excluded, but no scheme is named, so every caller would be let in",
                fix, ProblemCodes.Conflict);
    }

    private static void WarnOfAnonymous(RouteSection section, AuthenticationOptions options)
    {
        var own = section.ReadOwn(Key);
        if (own is { AllowAnonymous: null, AuthenticationProviderKeys.Count: > 0 })
            section.Warning("AuthenticationOptions.AuthenticationProviderKeys",
                "the schemes have no effect, because the global AllowAnonymous is true", "Write \"AllowAnonymous\": false here", ProblemCodes.Conflict);
        else if (own is { AllowAnonymous: true, AuthenticationProviderKeys.Count: > 0 } or { AllowAnonymous: true, AllowedScopes.Count: > 0 })
            section.Warning("AuthenticationOptions.AllowAnonymous",
                "anonymous callers are let in, so the schemes and scopes beside it have no effect", "Remove the one that isn't meant", ProblemCodes.Conflict);
    }

    private void CheckNames(DocumentSection section)
    {
        var options = section.ReadOwn(Key);
        if (options?.AuthenticationProviderKeys is { } names)
            foreach (var name in names.Where(name => !catalog.Knows(name)))
                section.Error(PathOf(section, name), $"there is no authentication scheme '{name}'", catalog.Advice(name), ProblemCodes.UnknownReference);
        if (options?.AllowedScopes is { } scopes)
            foreach (var scope in scopes.Where(scope => !IsScope(scope)))
                section.ErrorUnlessTolerant("AuthenticationOptions.AllowedScopes", $"\"{scope}\" is no scope, so no caller could ever have it",
                    "Write each scope as an entry of its own, without spaces, quotes or backslashes");
    }

    // scope-token of RFC 6749 §3.3.
    private static bool IsScope(string text) => text.All(c => c is >= '!' and <= '~' and not '"' and not '\\');

    private static string PathOf(DocumentSection section, string name)
    {
        var written = section.Node.Find(Key.Name)?.Value as ObjectNode;
        if (written?.Find("AuthenticationProviderKey")?.Value is ScalarNode single && single.Text == name)
            return "AuthenticationOptions.AuthenticationProviderKey";
        var list = written?.Find("AuthenticationProviderKeys")?.Value as ArrayNode;
        for (var i = 0; i < list?.Items.Count; i++)
            if (list.Items[i] is ScalarNode item && item.Text == name) return $"AuthenticationOptions.AuthenticationProviderKeys[{i}]";
        return "AuthenticationOptions.AuthenticationProviderKeys";
    }
}
