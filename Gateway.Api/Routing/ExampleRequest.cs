namespace Gateway.Routing;

/// <summary>A request that shows something about a table.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Host">The host; empty where any will do.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">What further headers it needs, as templates: <c>version: v[0-9]+</c>.</param>
internal sealed record ExampleRequest(string Method, string Host, string Target, IReadOnlyList<string> Headers)
{
    /// <summary>On one line: <c>GET http://example.com/orders/any?page=1 (version: v[0-9]+)</c>.</summary>
    public override string ToString()
    {
        var url = Host.Length > 0 ? $"http://{Host}{Target}" : Target;
        return Headers.Count > 0 ? $"{Method} {url} ({string.Join("; ", Headers)})" : $"{Method} {url}";
    }
}
