using Gateway.Configuration;
using Gateway.Routing;

namespace Gateway.Runtime.Dynamic;

/// <summary>A service as the first segment of a path names it (contract 02 §8). Compared exactly.</summary>
/// <param name="Namespace">What stands before the first dot; null where there is none.</param>
internal sealed record ServiceName(string? Namespace, string Name)
{
    /// <summary>The service that an entry is for; null where it names none.</summary>
    public static ServiceName? Of(RouteSection entry) =>
        Text(entry, "ServiceName") is { } name ? new ServiceName(Text(entry, "ServiceNamespace"), name) : null;

    /// <returns>Null where the first segment is empty, or no name that a registry could know.</returns>
    public static ServiceName? Of(RequestPath path)
    {
        var text = path.Text.AsSpan();
        if (text.Length < 2 || text[0] != '/') return null;
        var end = text[1..].IndexOf('/');
        var segment = end < 0 ? text[1..] : text.Slice(1, end);
        if (segment.IsEmpty || segment.ContainsAnyExcept(NameText)) return null;

        var dot = segment.IndexOf('.');
        if (dot < 0) return new ServiceName(null, segment.ToString());
        return dot == 0 || dot == segment.Length - 1 ? null : new ServiceName(segment[..dot].ToString(), segment[(dot + 1)..].ToString());
    }

    public override string ToString() => Namespace is null ? Name : $"{Namespace}.{Name}";

    private static readonly System.Buffers.SearchValues<char> NameText =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    private static string? Text(RouteSection entry, string key) =>
        entry.Node.Find(key)?.Value is ScalarNode { Scalar: ScalarKind.String, Text: { Length: > 0 } text } ? text : null;
}
