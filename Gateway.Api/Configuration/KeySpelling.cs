namespace Gateway.Configuration;

/// <summary>
/// Spells the keys of a document another way. Only keys that some room reads, and their properties: names that are data, such as those of
/// headers, stay as they are.
/// </summary>
internal sealed class KeySpelling
{
    private readonly KeyCatalog _catalog;
    private readonly Func<string, string> _spell;

    private KeySpelling(KeyCatalog catalog, Func<string, string> spell) => (_catalog, _spell) = (catalog, spell);

    /// <summary>As Ocelot's administration tells a document: <c>upstreamPathTemplate</c> (contract 08 §6.3).</summary>
    public static ObjectNode Camel(ObjectNode root, KeyCatalog catalog) =>
        new KeySpelling(catalog, name => char.ToLowerInvariant(name[0]) + name[1..]).Root(root);

    /// <summary>As files have them: <c>UpstreamPathTemplate</c>.</summary>
    public static ObjectNode Usual(ObjectNode root, KeyCatalog catalog) => new KeySpelling(catalog, name => name).Root(root);

    private ObjectNode Root(ObjectNode root) => Members(root, name => OcelotDocument.Roots.FirstOrDefault(r => Same(r, name)), (_, value) => value switch
    {
        ArrayNode entries => new ArrayNode(entries.Origin, [.. entries.Items.Select(Entry)]),
        _ => Entry(value),
    });

    private DocumentNode Entry(DocumentNode node) => node is not ObjectNode entry ? node : Members(entry, KeyNamed, (name, value) => Value(value, _catalog.Find(name)!.Type));

    private string? KeyNamed(string name) => _catalog.Find(name) is { } key ? Same(key.Name, name) ? key.Name : key.FormerName : null;

    private DocumentNode Value(DocumentNode node, Type type)
    {
        if (type.IsAssignableTo(typeof(DocumentNode))) return node;
        var plan = BindingPlan.Of(type);
        return (plan.Form, node) switch
        {
            (BindingForm.List, ArrayNode list) => new ArrayNode(list.Origin, [.. list.Items.Select(i => Value(i, plan.Item!))]),
            (BindingForm.Map, ObjectNode map) => Members(map, _ => null, (_, value) => Value(value, plan.Item!)),
            (BindingForm.Options, ObjectNode section) => Options(section, OptionsShape.Of(plan.Type)),
            _ => node,
        };
    }

    private ObjectNode Options(ObjectNode section, OptionsShape shape) =>
        Members(section, name => shape.Names.FirstOrDefault(n => Same(n, name)), (name, value) => Value(value, shape.Find(name)!.Type));

    /// <param name="known">The usual spelling of a name; null for one that isn't a key.</param>
    private ObjectNode Members(ObjectNode map, Func<string, string?> known, Func<string, DocumentNode, DocumentNode> value) => new(map.Origin,
        [.. map.Members.Select(m => known(m.Name) is { } name ? m with { Name = _spell(name), Value = value(name, m.Value) } : m)]);

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
