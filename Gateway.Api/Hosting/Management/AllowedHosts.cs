using System.Net;

namespace Gateway.Hosting.Management;

/// <summary>
/// The names by which the management listener may be asked. A page in the browser of whoever runs the gateway could otherwise read it through
/// a name of its own that it lets point here (DNS rebinding). Addresses and names without a dot can't be such a name; others are those that
/// the listener is bound to, and those of <c>Management:AllowedHosts</c>: names parted by semicolons, <c>*.example.com</c> for all below one,
/// <c>*</c> for any.
/// </summary>
internal sealed class AllowedHosts
{
    private const string Any = "*";

    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _endings = [];

    /// <param name="configured">The value of <c>Management:AllowedHosts</c>.</param>
    /// <param name="urls">What the listener is bound to.</param>
    public AllowedHosts(string? configured, IEnumerable<string> urls)
    {
        foreach (var name in (configured ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (name.StartsWith("*.", StringComparison.Ordinal)) _endings.Add(name[1..]);
            else _names.Add(name);
        }
        // To listen at every address is no answer to every name.
        _names.UnionWith(urls.Select(url => BindingAddress.Parse(url).Host).Where(host => host is not Any and not "+"));
    }

    /// <summary>Whether a request to that host is answered. One without a name, as of HTTP/1.0, comes from no browser.</summary>
    public bool Includes(HostString host)
    {
        var name = host.Host;
        return name.Length == 0
            || !name.Contains('.', StringComparison.Ordinal)
            || IPAddress.TryParse(name, out _)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || _names.Contains(name)
            || _names.Contains(Any)
            || _endings.Exists(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }
}
