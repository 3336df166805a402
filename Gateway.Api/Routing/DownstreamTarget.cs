namespace Gateway.Routing;

/// <summary>Path and query of a downstream request: a valid origin-form (RFC 9112 §3.2.1).</summary>
/// <param name="Path">Begins with a slash.</param>
/// <param name="Query">Begins with <c>?</c>, or is empty.</param>
internal readonly record struct DownstreamTarget(string Path, string Query)
{
    public override string ToString() => Path + Query;
}
