namespace Gateway.Tests.Routing;

/// <summary>A route as it stands in a file.</summary>
internal sealed record RouteText(string Template, bool CaseSensitive, string? Host, string Methods, string[] Headers, int Priority)
{
    public override string ToString() =>
        $"{Template} priority {Priority}, host {Host ?? "any"}, methods '{Methods}', headers [{string.Join("; ", Headers)}]"
        + (CaseSensitive ? ", minds case" : "");
}
