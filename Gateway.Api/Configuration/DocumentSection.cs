namespace Gateway.Configuration;

/// <summary>
/// An object of the document whose members are read by key: <c>GlobalConfiguration</c> or one entry of <c>Routes</c>,
/// <c>DynamicRoutes</c> or <c>Aggregates</c>. Every member is read once, when the section is made, so that a wrong type or an unknown
/// key is found whether or not a feature asks for it.
/// </summary>
internal abstract class DocumentSection
{
    // A section has a handful of members, and every feature asks for its own: looking through them is quicker than hashing names.
    private readonly List<ReadMember> _read;
    private readonly ProblemList _problems;

    protected DocumentSection(ObjectNode node, string path, Levels level, KeyCatalog catalog, ProblemList problems)
    {
        (Node, Path, Level, _problems) = (node, path, level, problems);
        _read = new List<ReadMember>(node.Members.Count);
        var binder = new Binder(catalog, problems);
        foreach (var member in node.Members) Read(member, catalog, binder);
    }

    public ObjectNode Node { get; }

    /// <summary>The place in the document: <c>Routes[3]</c>.</summary>
    public string Path { get; }

    public Levels Level { get; }

    /// <summary>What this section itself says, without any other level.</summary>
    public T ReadOwn<T>(SectionKey<T> key) => ReadOf(key)?.Value is T value ? value : default!;

    /// <summary>Whether the key is written here at all, with whatever value.</summary>
    public bool Has(SectionKey key) => ReadOf(key) is not null;

    /// <summary>Whether the key is written here with an empty text or null, which both count as not written.</summary>
    public bool IsEmptyText(SectionKey key) =>
        ReadOf(key)?.Member.Value is ScalarNode { Text: "" } or ScalarNode { Scalar: ScalarKind.Null };

    /// <summary>Where <paramref name="key"/> is written here; the section's own place if it isn't.</summary>
    public Origin OriginOf(SectionKey key) => ReadOf(key)?.Member.NameOrigin ?? Node.Origin;

    /// <summary>Reports an error; see <see cref="Locate"/> for <paramref name="path"/>.</summary>
    public void Error(string path, string message, string fix = "", string code = ProblemCodes.InvalidValue)
    {
        var (origin, full) = Locate(path);
        _problems.Error(code, origin, full, message, fix);
    }

    /// <summary>
    /// Reports what Ocelot passes over in silence: an error, or a warning where Ocelot's ways were chosen. Only for what leaves no route more
    /// open than it was meant. See <see cref="Locate"/> for <paramref name="path"/>.
    /// </summary>
    public void ErrorUnlessTolerant(string path, string message, string fix = "", string code = ProblemCodes.InvalidValue)
    {
        var (origin, full) = Locate(path);
        _problems.ErrorUnlessTolerant(code, origin, full, message, fix);
    }

    /// <summary>Reports a warning; see <see cref="Locate"/> for <paramref name="path"/>.</summary>
    public void Warning(string path, string message, string fix = "", string code = ProblemCodes.InvalidValue)
    {
        var (origin, full) = Locate(path);
        _problems.Warning(code, origin, full, message, fix);
    }

    /// <summary>The list that this document's problems go to, for owners that read a raw value by themselves.</summary>
    public ProblemList Problems => _problems;

    /// <summary>
    /// The place of a path below this section, such as <c>RateLimitOptions.Limit</c> or <c>DownstreamHostAndPorts[1].Port</c>. A part that
    /// isn't written gives the place of the nearest one that is.
    /// </summary>
    public virtual (Origin Origin, string Path) Locate(string path)
    {
        var origin = Node.Origin;
        DocumentNode? node = Node;
        foreach (var part in path.Split('.', '[', ']'))
        {
            if (part.Length == 0) continue;
            if (node is ArrayNode array && int.TryParse(part, out var index) && index < array.Items.Count)
                (node, origin) = (array.Items[index], array.Items[index].Origin);
            else if (node is ObjectNode map && FindMember(map, part) is { } member)
                (node, origin) = (member.Value, member.Value is ScalarNode ? member.Value.Origin : member.NameOrigin);
            else break;
        }
        return (origin, path.Length == 0 ? Path : $"{Path}.{path}");
    }

    /// <summary>The path of the entry with that text in a list, <c>Cors.Origins[1]</c>; the list's own where there is none.</summary>
    public virtual string PathOf(string list, string text)
    {
        DocumentNode? node = Node;
        foreach (var part in list.Split('.')) node = node is ObjectNode map ? FindMember(map, part)?.Value : null;
        for (var i = 0; i < (node as ArrayNode)?.Items.Count; i++)
            if (((ArrayNode)node).Items[i] is ScalarNode item && item.Text == text) return $"{list}[{i}]";
        return list;
    }

    /// <summary>Whether a member of that name, or of its former or present name, stands here.</summary>
    public bool Has(string name) => FindMember(Node, name) is not null;

    /// <summary>Whether something stands at the first part of <paramref name="path"/>.</summary>
    protected bool Holds(string path) => Has(path.Split('.', '[')[0]);

    private Member? FindMember(ObjectNode map, string name) =>
        map.Find(name) ?? (map == Node ? _read.Find(r => r.Key.IsNamed(name))?.Member : null);

    private ReadMember? ReadOf(SectionKey key)
    {
        foreach (var read in _read)
            if (string.Equals(read.Key.Name, key.Name, StringComparison.Ordinal)) return read;
        return null;
    }

    private void Read(Member member, KeyCatalog catalog, Binder binder)
    {
        var path = Path.Length == 0 ? member.Name : $"{Path}.{member.Name}";
        if (catalog.Find(member.Name) is not { } key || !key.Levels.HasFlag(Level))
        {
            if (!KeyCatalog.IsFree(member.Name) && !HostSections.IsThirdParty(member.Name)) catalog.Unread.InEntry(member, path, Level, _problems);
            return;
        }

        var former = !string.Equals(member.Name, key.Name, StringComparison.OrdinalIgnoreCase);
        if (former)
            _problems.Warning(ProblemCodes.FormerKey, member.NameOrigin, path, $"'{member.Name}' is the former name of '{key.Name}'", $"Write '{key.Name}'");
        if (ReadOf(key) is { } other)
        {
            if (string.Equals(other.Member.Name, member.Name, StringComparison.OrdinalIgnoreCase))
            {
                _problems.Error(ProblemCodes.DuplicateKey, member.NameOrigin, path,
                    $"the key '{member.Name}' stands twice in this object; the first is at line {other.Member.NameOrigin.Line}", "Keep one of the two");
                return;
            }
            _problems.Warning(ProblemCodes.Conflict, member.NameOrigin, path,
                $"'{other.Member.Name}' and '{member.Name}' are one key; the former name counts, as in Ocelot", $"Keep '{key.Name}'");
            if (!former) return; // the former name wins as a whole (contract 01 §7)
            _read.Remove(other);
        }
        _read.Add(new ReadMember(key, member, binder.Bind(member.Value, key.Type, path, Level)));
    }

    /// <summary>A member that some room reads, with its value.</summary>
    private sealed record ReadMember(SectionKey Key, Member Member, object? Value);
}
