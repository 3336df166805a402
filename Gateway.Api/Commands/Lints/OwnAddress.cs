using Gateway.Configuration;

namespace Gateway.Commands.Lints;

/// <summary>Finds routes that lead back to the gateway itself: a request would run in a circle until something breaks.</summary>
internal sealed class OwnAddress : ILint
{
    private const int DefaultPort = 8080;
    private static readonly string[] AnyAddress = ["*", "+", "0.0.0.0", "[::]", "::"];

    public void Look(LintedDocument document)
    {
        var own = Own(document).ToArray();
        foreach (var named in document.Hosts)
            foreach (var (host, port) in own)
                if (port == named.Port && Same(host, named.Host))
                    named.Route.Section.Warning(named.Path, $"{named.Host}:{port} is the gateway itself; the request would come back to it",
                        "Write the host and port of the service", LintCodes.Loop);
    }

    private static IEnumerable<(string Host, int Port)> Own(LintedDocument document)
    {
        var urls = Split(document.Settings["urls"])
            .Concat(document.Settings.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"] ?? ""))
            .Concat(Split(document.Settings["http_ports"]).Select(p => $"http://*:{p}"))
            .Concat(Split(document.Settings["https_ports"]).Select(p => $"https://*:{p}"))
            .Select(Parse).OfType<(string, int)>().ToArray();
        if (urls.Length == 0) urls = [("*", DefaultPort)];
        var baseUrl = (document.Document.Global.Node.Find("BaseUrl")?.Value as ScalarNode)?.Text;
        return Parse(baseUrl ?? "") is { } known ? urls.Append(known) : urls;
    }

    private static string[] Split(string? urls) => urls?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static (string Host, int Port)? Parse(string url)
    {
        var host = AnyAddress.FirstOrDefault(a => url.Contains($"://{a}", StringComparison.Ordinal));
        var readable = host is null ? url : url.Replace($"://{host}", "://any", StringComparison.Ordinal);
        return Uri.TryCreate(readable, UriKind.Absolute, out var uri) && uri.Port > 0 ? (host is null ? uri.Host : "*", uri.Port) : null;
    }

    private static bool Same(string own, string host) =>
        string.Equals(own, host, StringComparison.OrdinalIgnoreCase)
        || (Destinations.IsLoopback(host) && (own == "*" || Destinations.IsLoopback(own)));
}
