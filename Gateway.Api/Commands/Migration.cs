using Gateway.Configuration;

namespace Gateway.Commands;

/// <summary>
/// Rewrites former names to present ones in the text of one file: those that Ocelot 25 still honours with what their values mean, and those
/// that it no longer knows where only a name or a form has changed. What needs a decision is left, and told.
/// </summary>
internal sealed class Migration(KeyCatalog catalog, string text)
{
    private readonly TextEdits _edits = new(text);
    private readonly List<string> _log = [];

    /// <summary>What was changed, and what was not.</summary>
    public IReadOnlyList<string> Log => _log;

    public string Apply(ObjectNode root)
    {
        Rename(root, "");
        foreach (var member in root.Members)
        {
            var name = FormerKeys.RenamedTo(member.Name) ?? member.Name;
            if (member.Value is ArrayNode entries)
                foreach (var entry in entries.Items.OfType<ObjectNode>()) Entry(entry, name);
            else if (member.Value is ObjectNode global && string.Equals(name, "GlobalConfiguration", StringComparison.OrdinalIgnoreCase)) Entry(global, name);
        }
        return _edits.Apply();
    }

    private void Entry(ObjectNode entry, string list)
    {
        Rename(entry, list);
        Hosts(entry);
        foreach (var member in entry.Members)
        {
            if (string.Equals(member.Name, "UseServiceDiscovery", StringComparison.OrdinalIgnoreCase)) Remove(member);
            if (string.Equals(member.Name, "LoadBalancer", StringComparison.OrdinalIgnoreCase) && member.Value is ScalarNode type)
                Write(member, "LoadBalancerOptions", $"{{ \"Type\": {type} }}");
            var present = Aliases.PresentName(list, member.Name);
            if (catalog.Find(present)?.Options is { } shape)
                foreach (var section in Sections(member.Value)) Section(section, shape);
        }
    }

    private static IEnumerable<ObjectNode> Sections(DocumentNode node) => node switch
    {
        ObjectNode map => [map],
        ArrayNode array => array.Items.OfType<ObjectNode>(),
        _ => [],
    };

    private void Section(ObjectNode section, OptionsShape shape)
    {
        foreach (var member in section.Members)
        {
            if (FormerKeys.RenamedTo(member.Name) is { } renamed) Write(member, renamed, null);
            if (shape.Find(member.Name) is not { Former: { } former } property || !string.Equals(member.Name, former.Name, StringComparison.OrdinalIgnoreCase)) continue;
            if (section.Find(property.Name) is not null) Leave(member, property.Name);
            else Write(member, property.Name, former.Value == FormerValue.Same ? null : DocumentWriter.OnOneLine(PresentNames.Value(member.Value, former.Value)));
        }
    }

    /// <summary>Names of the object itself: at the root, and the aliases and old names of an entry.</summary>
    private void Rename(ObjectNode node, string place)
    {
        foreach (var member in node.Members)
        {
            var alias = Aliases.PresentName(place, member.Name);
            if ((FormerKeys.RenamedTo(member.Name) ?? (alias == member.Name ? null : alias)) is not { } present) continue;
            if (node.Find(present) is not null) Leave(member, present);
            else Write(member, present, null);
        }
    }

    private void Hosts(ObjectNode entry)
    {
        if (entry.Find("DownstreamHost") is not { Value: ScalarNode host } member) return;
        if (entry.Find("DownstreamHostAndPorts") is not null)
        {
            Leave(member, "DownstreamHostAndPorts");
            return;
        }
        var port = entry.Find("DownstreamPort");
        Write(member, "DownstreamHostAndPorts", $"[ {{ \"Host\": {host}, \"Port\": {port?.Value ?? (object)"80"} }} ]");
        if (port is not null) Remove(port);
    }

    private void Write(Member member, string name, string? value)
    {
        _edits.Replace(member.NameOrigin, $"\"{name}\"");
        if (value is not null) _edits.Replace(member.Value.Origin, value);
        _log.Add($"{member.NameOrigin}: '{member.Name}' is now '{name}'{(value is null ? "" : $": {value}")}");
    }

    private void Remove(Member member)
    {
        _edits.Remove(member);
        _log.Add($"{member.NameOrigin}: '{member.Name}' is gone");
    }

    private void Leave(Member member, string present) =>
        _log.Add($"{member.NameOrigin}: '{member.Name}' was left, since '{present}' is there too; keep one of the two");
}
