namespace Gateway.Configuration;

/// <summary>
/// Lays one layer of the document over another (contract 00, Overlay). Objects meet key by key; scalars and plain lists replace; the entries
/// of the three lists meet as <see cref="EntryMatch"/> says, a match is patched and the rest appended. In Ocelot's own way lists meet by
/// position instead, all of them.
/// </summary>
internal sealed class DocumentOverlay(bool byPosition, ProblemList problems)
{
    private static readonly string[] EntryLists = ["Routes", "DynamicRoutes", "Aggregates"];

    private delegate DocumentNode Meeting(string name, DocumentNode below, DocumentNode above);

    /// <summary>The document with <paramref name="above"/> laid over <paramref name="below"/>.</summary>
    public ObjectNode Apply(ObjectNode below, ObjectNode above) => Objects("", below, above, AtRoot);

    /// <summary>Two parts side by side: the entries of <paramref name="next"/> come behind those of <paramref name="first"/>.</summary>
    public static ObjectNode Append(ObjectNode first, ObjectNode next) => Objects("", first, next, (name, a, b) =>
        a is ArrayNode before && b is ArrayNode after && IsEntryList(name) ? new ArrayNode(a.Origin, [.. before.Items, .. after.Items])
        : a is ObjectNode x && b is ObjectNode y ? Objects(name, x, y, (_, _, value) => value)
        : IsNothing(b) ? a : b);

    private DocumentNode AtRoot(string name, DocumentNode below, DocumentNode above) =>
        !byPosition && IsEntryList(name) && below is ArrayNode b && above is ArrayNode a ? Entries(name, b, a) : Values(name, below, above);

    private DocumentNode Values(string name, DocumentNode below, DocumentNode above) => (below, above) switch
    {
        (ObjectNode b, ObjectNode a) => Objects(name, b, a, Values),
        (ArrayNode b, ArrayNode a) when byPosition => Positions(name, b, a),
        _ => above,
    };

    private ArrayNode Positions(string name, ArrayNode below, ArrayNode above)
    {
        var items = below.Items.ToList();
        for (var i = 0; i < above.Items.Count; i++)
        {
            if (i < items.Count) items[i] = Values(name, items[i], above.Items[i]);
            else items.Add(above.Items[i]);
        }
        return new ArrayNode(below.Origin, items);
    }

    private ArrayNode Entries(string list, ArrayNode below, ArrayNode above)
    {
        var items = below.Items.ToList();
        var match = new EntryMatch(list, below, problems);
        for (var i = 0; i < above.Items.Count; i++)
        {
            var place = above.Items[i] is ObjectNode entry ? match.Find(entry, $"{list}[{i}]") : null;
            if (place is { } found) items[found] = Values(list, items[found], above.Items[i]);
            else items.Add(above.Items[i]);
        }
        return new ArrayNode(below.Origin, items);
    }

    private static ObjectNode Objects(string parent, ObjectNode below, ObjectNode above, Meeting meet)
    {
        var members = below.Members.Where(b => !above.Members.Any(a => Aliases.AreOneKey(parent, a.Name, b.Name))).ToList();
        // A name that stands twice in one layer must stay twice: it is a fault, and found when the section is read.
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in above.Members)
        {
            var place = Find(members, member.Name);
            if (place >= 0 && met.Add(members[place].Name))
                members[place] = new Member(members[place].Name, member.NameOrigin, meet(members[place].Name, members[place].Value, member.Value));
            else
            {
                members.Add(member);
                met.Add(member.Name);
            }
        }
        return new ObjectNode(below.Origin, members);
    }

    private static int Find(List<Member> members, string name)
    {
        var exact = members.FindIndex(m => m.Name == name);
        return exact >= 0 ? exact : members.FindIndex(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsEntryList(string name) => EntryLists.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool IsNothing(DocumentNode node) => node is ScalarNode { Scalar: ScalarKind.Null };
}
