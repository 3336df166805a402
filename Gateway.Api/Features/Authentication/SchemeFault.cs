using Gateway.Configuration;

namespace Gateway.Features.Authentication;

/// <summary>What is wrong with a scheme that the host's configuration declares.</summary>
/// <param name="Path">Where: <c>Authentication:Schemes:Shop:ApiSecret</c>.</param>
internal sealed record SchemeFault(string Path, string Message, string Fix)
{
    // The host's configuration has many sources and doesn't tell lines.
    private static readonly Origin Elsewhere = new("host configuration", 0, 0);

    /// <summary>The place in the document, where it is the source: that of the value, or of the nearest name that is written.</summary>
    public Origin PlaceIn(ObjectNode root)
    {
        var origin = Elsewhere;
        DocumentNode? node = root;
        foreach (var name in Path.Split(':'))
        {
            if ((node as ObjectNode)?.Find(name) is not { } member) break;
            origin = member.Value is ScalarNode ? member.Value.Origin : member.NameOrigin;
            node = member.Value;
        }
        return origin;
    }
}
