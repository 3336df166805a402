using System.Globalization;
using Gateway.Configuration;

namespace Gateway.Features.Mediation.Schemas;

/// <summary>Finds what <c>$ref</c> means within a document.</summary>
internal static class SchemaReferences
{
    /// <summary>What a JSON pointer leads to; null when it leads nowhere.</summary>
    public static DocumentNode? Follow(DocumentNode node, string pointer)
    {
        foreach (var token in pointer.Split('/').Skip(1))
        {
            var name = token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            DocumentNode? next = node switch
            {
                ObjectNode o => o.FindExact(name)?.Value,
                ArrayNode a when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < a.Items.Count => a.Items[i],
                _ => null,
            };
            if (next is null) return null;
            node = next;
        }
        return node;
    }

    /// <summary>The schema of that <c>$id</c>; null when there is none.</summary>
    public static DocumentNode? WithId(DocumentNode node, string id) => node switch
    {
        ObjectNode o when o.FindExact("$id") is { Value: ScalarNode { Scalar: ScalarKind.String } own } && (own.Text == id || own.Text.EndsWith("/" + id, StringComparison.Ordinal)) => o,
        ObjectNode o => o.Members.Where(m => m.Name is not ("enum" or "const")).Select(m => WithId(m.Value, id)).FirstOrDefault(n => n is not null),
        ArrayNode a => a.Items.Select(i => WithId(i, id)).FirstOrDefault(n => n is not null),
        _ => null,
    };
}
