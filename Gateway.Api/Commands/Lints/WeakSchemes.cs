using System.Net;
using Gateway.Configuration;

namespace Gateway.Commands.Lints;

/// <summary>
/// Finds schemes that take more tokens than anybody means them to: of any issuer, for any audience, checked by keys that came over a
/// connection which others can write to.
/// </summary>
internal sealed class WeakSchemes : ILint
{
    private const string Schemes = "Authentication:Schemes";

    private static readonly string[] AddressKeys = ["Authority", "MetadataAddress", "IntrospectionEndpoint"];

    // Names that no public name service resolves: what they lead to is a network of one's own.
    private static readonly string[] OwnNetworks = [".local", ".localhost", ".internal", ".lan", ".home.arpa", ".svc", ".cluster.local", ".consul"];
    private static readonly IPNetwork[] OwnAddresses =
        [.. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "fc00::/7", "fe80::/10" }.Select(n => IPNetwork.Parse(n))];

    public void Look(LintedDocument document)
    {
        foreach (var scheme in document.Settings.GetSection(Schemes).GetChildren())
        {
            if (IsFalse(scheme["ValidateIssuer"]))
                Report(document, scheme, "ValidateIssuer", "the issuer isn't checked, so whoever holds one of the keys may sign for any other", "Remove it, and name the issuer as Authority or ValidIssuer");
            if (IsFalse(scheme["ValidateAudience"]))
                Report(document, scheme, "ValidateAudience", "the audience isn't checked, so a token that was meant for another service opens this one", "Remove it, and write ValidAudiences");
            if (IsOf(scheme, "IdentityServer") && TakesJwts(scheme) && string.IsNullOrEmpty(scheme["ApiName"]))
                Report(document, scheme, "ApiName", "no ApiName says for whom tokens must be, so one that was meant for another service opens this one", "Write the name under which the issuer knows this API");
            if (IsFalse(scheme["RequireHttpsMetadata"])) LookAtAddress(document, scheme);
        }
    }

    private static void LookAtAddress(LintedDocument document, IConfigurationSection scheme)
    {
        var written = AddressKeys.Select(key => scheme[key]).FirstOrDefault(a => !string.IsNullOrEmpty(a));
        if (!Uri.TryCreate(written, UriKind.Absolute, out var address) || IsOwn(address)) return;
        var message = address.Scheme == Uri.UriSchemeHttps
            ? "the address is https, and this lets what it leads to be http"
            : $"whoever is on the way to {address.Host} can give the gateway keys of his own, and with them any token";
        Report(document, scheme, "RequireHttpsMetadata", message, address.Scheme == Uri.UriSchemeHttps ? "Remove it" : "Write the https address, and remove this");
    }

    private static void Report(LintedDocument document, IConfigurationSection scheme, string key, string message, string fix)
    {
        var path = $"{Schemes}:{scheme.Key}:{key}";
        document.Document.Global.Problems.Warning(LintCodes.WeakScheme, HostSections.PlaceOf(document.Document.Root, path), path, message, fix);
    }

    private static bool IsFalse(string? value) => bool.TryParse(value, out var flag) && !flag;

    private static bool IsOf(IConfigurationSection scheme, string type) => string.Equals(scheme["Type"], type, StringComparison.OrdinalIgnoreCase);

    private static bool TakesJwts(IConfigurationSection scheme) => !string.Equals(scheme["SupportedTokens"], "Reference", StringComparison.OrdinalIgnoreCase);

    private static bool IsOwn(Uri address)
    {
        var host = address.IdnHost;
        if (address.IsLoopback) return true;
        if (IPAddress.TryParse(host.Trim('[', ']'), out var ip)) return Array.Exists(OwnAddresses, n => n.Contains(ip));
        return !host.Contains('.', StringComparison.Ordinal) || Array.Exists(OwnNetworks, n => host.EndsWith(n, StringComparison.OrdinalIgnoreCase));
    }
}
