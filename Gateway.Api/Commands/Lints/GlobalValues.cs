using System.Globalization;
using Gateway.Configuration;

namespace Gateway.Commands.Lints;

/// <summary>Finds what stands beside the routes and can't be meant: an address that is none, a registry that can't be reached, no routes at all.</summary>
internal sealed class GlobalValues : ILint
{
    public void Look(LintedDocument document)
    {
        var global = document.Document.Global;
        LookAtBaseUrl(global);
        if (document.Entries.All(e => e.Text("ServiceName") is null)) LookAtProvider(global);
        if (document.Entries.Count == 0 && global.Node.Find("ServiceDiscoveryProvider") is null)
            global.Problems.Warning(ProblemCodes.Missing, document.Document.Root.Origin, "Routes", "there is no route, so every request gets a 404", "Write \"Routes\": [ { … } ]");
    }

    private static void LookAtBaseUrl(GlobalSection global)
    {
        if (global.Node.Find("BaseUrl")?.Value is not ScalarNode { Text.Length: > 0 } written) return;
        if (Uri.TryCreate(written.Text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return;
        global.Warning("BaseUrl", $"\"{written.Text}\" is no address that a client could call", "Write the gateway's address as clients know it, such as \"https://api.example.com\"");
    }

    // A provider that no route uses isn't compiled; its faults would be noticed only when the first one does.
    private static void LookAtProvider(GlobalSection global)
    {
        if (global.Node.Find("ServiceDiscoveryProvider")?.Value is not ObjectNode provider) return;
        if (provider.Find("Port")?.Value is ScalarNode port
            && int.TryParse(port.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is < 0 or > 65535)
            global.Warning("ServiceDiscoveryProvider.Port", $"must be from 1 to 65535, was {number}", "Write the registry's port, 8500 for Consul");
        if (provider.Find("Host")?.Value is ScalarNode host && host.Text.Contains("://", StringComparison.Ordinal))
            global.Warning("ServiceDiscoveryProvider.Host", $"\"{host.Text}\" has a scheme, where a host's name or address stands", "Write the name here, and the scheme as \"Scheme\"");
    }
}
