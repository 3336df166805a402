namespace Gateway.Configuration;

/// <summary>Covers what must not be shown: tokens, passwords, connection strings, wherever in a document they stand.</summary>
internal static class Secrets
{
    private const string Cover = "***";
    private static readonly string[] Telling = ["TOKEN", "SECRET", "PASSWORD", "CONNECTIONSTRING", "APIKEY", "SIGNINGKEY"];

    /// <summary>The same tree with every secret value covered.</summary>
    public static ObjectNode Mask(ObjectNode node) => (ObjectNode)Mask(node, isSecret: false);

    /// <summary>Whether the value of a key of that name is a secret.</summary>
    public static bool IsSecret(string name)
    {
        var letters = string.Concat(name.Where(char.IsAsciiLetter)).ToUpperInvariant();
        return letters == "AUTHORIZATION" || Telling.Any(t => letters.Contains(t, StringComparison.Ordinal));
    }

    private static DocumentNode Mask(DocumentNode node, bool isSecret) => node switch
    {
        ObjectNode map => new ObjectNode(map.Origin, [.. map.Members.Select(m => m with { Value = Mask(m.Value, isSecret || IsSecret(m.Name)) })]),
        ArrayNode array => new ArrayNode(array.Origin, [.. array.Items.Select(i => Mask(i, isSecret))]),
        ScalarNode { Scalar: ScalarKind.String, Text.Length: > 0 } text when isSecret => new ScalarNode(text.Origin, ScalarKind.String, Cover),
        _ => node,
    };
}
