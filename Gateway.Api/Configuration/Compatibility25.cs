namespace Gateway.Configuration;

/// <summary><c>GlobalConfiguration.Compatibility: "Ocelot25"</c>, for whoever has to know it before the document is read key by key.</summary>
internal static class Compatibility25
{
    public const string Value = "Ocelot25";

    public static bool IsOn(ObjectNode root) =>
        (root.Find("GlobalConfiguration")?.Value as ObjectNode)?.Find("Compatibility")?.Value is ScalarNode { Scalar: ScalarKind.String } written
        && string.Equals(written.Text, Value, StringComparison.OrdinalIgnoreCase);
}
