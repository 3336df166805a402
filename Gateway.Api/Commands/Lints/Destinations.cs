using System.Globalization;
using Gateway.Configuration;

namespace Gateway.Commands.Lints;

/// <summary>A host that a route names.</summary>
/// <param name="Index">Its place in the list.</param>
/// <param name="Port">0 where none is written.</param>
internal sealed record NamedHost(EffectiveEntry Route, int Index, string Host, int Port)
{
    /// <summary>Its place in the route: <c>DownstreamHostAndPorts[1]</c>.</summary>
    public string Path => $"DownstreamHostAndPorts[{Index}]";
}

/// <summary>Reads a route's static hosts.</summary>
internal static class Destinations
{
    public static IEnumerable<NamedHost> Of(EffectiveEntry route)
    {
        if (route.Find("DownstreamHostAndPorts") is not ArrayNode hosts) yield break;
        for (var i = 0; i < hosts.Items.Count; i++)
        {
            if ((hosts.Items[i] as ObjectNode)?.Find("Host")?.Value is not ScalarNode { Scalar: ScalarKind.String, Text.Length: > 0 } host) continue;
            var port = ((ObjectNode)hosts.Items[i]).Find("Port")?.Value as ScalarNode;
            _ = int.TryParse(port?.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            yield return new NamedHost(route, i, host.Text.Trim(), number);
        }
    }

    /// <summary>Whether the name stands for the machine, or the container, that it is used on.</summary>
    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(host.Trim('[', ']'), out var address) && System.Net.IPAddress.IsLoopback(address));
}
