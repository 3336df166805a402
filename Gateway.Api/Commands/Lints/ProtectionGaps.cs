using System.Text.RegularExpressions;
using Gateway.Configuration;

namespace Gateway.Commands.Lints;

/// <summary>
/// Finds routes that anybody may call beside routes that ask who calls: the same path under another verb, another path of the same service,
/// or the odd one among many. <c>AllowAnonymous</c> says that openness is meant; so do paths by which people come to a token in the first
/// place, and reading where only writing is guarded.
/// </summary>
internal sealed partial class ProtectionGaps : ILint
{
    // From so many guarded routes on, an open one is the exception.
    private const int Many = 3;
    private static readonly string[] Safe = ["GET", "HEAD", "OPTIONS"];

    public void Look(LintedDocument document)
    {
        foreach (var entry in document.Entries) LookForEmptyDemand(entry);
        var guarded = document.Routes.Where(IsGuarded).ToArray();
        if (guarded.Length == 0) return;
        var paths = guarded.ToLookup(PathOf, StringComparer.OrdinalIgnoreCase);
        var services = guarded.ToLookup(ServiceOf, StringComparer.OrdinalIgnoreCase);
        var open = document.Routes.Where(r => !IsGuarded(r) && !IsMeantToBeOpen(r)).ToArray();
        foreach (var route in open)
        {
            if (paths[PathOf(route)].FirstOrDefault(g => IsWider(route, g)) is { } path) Report(route, $"{path.Section.Path}, which serves the same path under another verb, asks for a token");
            else if (ServiceOf(route).Length > 0 && services[ServiceOf(route)].FirstOrDefault(g => IsWider(route, g)) is { } service)
                Report(route, $"{service.Section.Path}, which leads to the same service, asks for a token");
            else if (guarded.Length >= Many && guarded.Length >= Many * open.Length && guarded.Any(g => IsWider(route, g)))
                Report(route, $"{guarded.Length} others ask for a token, such as {guarded[0].Section.Path}");
        }
    }

    /// <summary>Whether the route asks for a token.</summary>
    public static bool IsGuarded(EffectiveEntry route) =>
        !route.IsTrue("AuthenticationOptions.AllowAnonymous") && route.Texts("AuthenticationOptions.AuthenticationProviderKeys").Any(k => k.Text.Length > 0);

    private static void LookForEmptyDemand(EffectiveEntry entry)
    {
        if (entry.Section.Node.Find("AuthenticationOptions")?.Value is not ObjectNode written || IsGuarded(entry) || entry.Find("AuthenticationOptions.AllowAnonymous") is not null) return;
        if ((written.Find("AuthenticationProviderKeys") ?? written.Find("AuthenticationProviderKey")) is null) return;
        entry.Section.Warning("AuthenticationOptions", "no scheme is named, so anybody may call this route",
            "Name a scheme in AuthenticationProviderKeys, or remove the section", LintCodes.ProtectionGap);
    }

    private static void Report(EffectiveEntry route, string others) => route.Section.Warning("",
        $"anybody may call this route, while {others}",
        "Add \"AuthenticationOptions\", or say that it is meant: \"AuthenticationOptions\": { \"AllowAnonymous\": true }", LintCodes.ProtectionGap);

    private static bool IsMeantToBeOpen(EffectiveEntry route) =>
        route.Find("AuthenticationOptions.AllowAnonymous") is not null || PublicPath.IsMatch(route.Text("UpstreamPathTemplate") ?? "");

    // Anybody may read and only some may write: a usual order of things.
    private static bool IsWider(EffectiveEntry open, EffectiveEntry guarded) => !IsReading(open) || VerbsOf(guarded).Any(v => Safe.Contains(v)) || VerbsOf(guarded).Length == 0;

    private static bool IsReading(EffectiveEntry route) => VerbsOf(route) is { Length: > 0 } verbs && verbs.All(v => Safe.Contains(v));

    private static string[] VerbsOf(EffectiveEntry route) => [.. route.Texts("UpstreamHttpMethod").Select(v => v.Text.Trim().ToUpperInvariant())];

    private static string PathOf(EffectiveEntry route) => $"{route.Text("UpstreamHost")} {route.Text("UpstreamPathTemplate")}";

    private static string ServiceOf(EffectiveEntry route) => route.Text("ServiceName") is { } name
        ? $"{route.Text("ServiceNamespace")}/{name}"
        : string.Join(',', Destinations.Of(route).Select(d => $"{d.Host}:{d.Port}").Order(StringComparer.OrdinalIgnoreCase));

    [GeneratedRegex("log-?in|sign-?in|sign-?up|register|token|connect|oauth|auth/|health|public|swagger|openapi|docs|well-known|favicon|assets|static", RegexOptions.IgnoreCase)]
    private static partial Regex PublicPath { get; }
}
