namespace Gateway.Tests.Routing;

/// <summary>A request as a client sends it.</summary>
internal sealed record RequestText(string Method, string Host, string Path, string Query, string[] Headers)
{
    public override string ToString() => $"{Method} {Host}{Path}{Query} [{string.Join("; ", Headers)}]";
}
