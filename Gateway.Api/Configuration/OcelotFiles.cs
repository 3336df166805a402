using System.Text;

namespace Gateway.Configuration;

/// <summary>
/// The configuration in files: finds them, reads them, puts environment variables into their strings, merges them and lays the overrides
/// over the result (contract 00 and 01 §2). Writes only what it is told to. Loads are made one at a time; the watcher may look at the files meanwhile.
/// </summary>
internal sealed class OcelotFiles(ConfigurationInputs inputs, TimeProvider time) : IDocumentSource
{
    private readonly Overrides _overrides = new(inputs);
    private string _hash = "";
    private IReadOnlyList<string> _loaded = [];
    private IReadOnlyList<string> _needed = [];
    private volatile Action<string>? _tellWatcher;

    // At start the host reads its own sections first; what it has read needn't be read again for the routes.
    private (string Hash, LoadedDocument Document)? _faultless;

    /// <returns>The merged document, or null when a file can't be read or isn't JSON; <paramref name="problems"/> says which and why.</returns>
    public LoadedDocument? Load(ProblemList problems)
    {
        if (FileLayout.Find(inputs.Path, inputs.Environment, problems) is not { } layout) return null;

        var before = problems.Count;
        var contents = layout.Files.Select(f => (f.Path, Content: Content(f.Path, problems))).ToArray();
        Volatile.Write(ref _hash, ContentHash.OfContents(contents.Select(c => (c.Path, c.Content ?? []))));
        _tellWatcher?.Invoke(_hash);
        // A file may vanish by mistake, and with it a protection that only it has written: a deleted file changes nothing (contract 00).
        foreach (var lost in _needed.Except(layout.Files.Select(f => f.Path)).Where(f => !File.Exists(f)))
            problems.Error(ProblemCodes.File, new Origin(lost, 0, 0), "$", "the file was part of the configuration in use, and is gone",
                "Put it back; to do without it, leave {} in it, or restart the gateway");

        if (_faultless is { } known && known.Hash == _hash && problems.Count == before)
        {
            _faultless = null;
            return known.Document;
        }
        var roots = contents.Select(c => c.Content is null ? null : Root(c.Path, c.Content, problems)).ToArray();
        if (roots.Contains(null)) return null;

        _loaded = [.. layout.Files.Where((_, i) => roots[i]!.Members.Count > 0).Select(f => f.Path)];
        var merged = _overrides.Apply(Merge(layout, roots!, problems), problems);
        var document = new LoadedDocument(merged, [.. layout.Files.Select(f => f.Path)], layout.Notes, HostSections.Settings(merged));
        _faultless = problems.Count == before && _needed.Count == 0 ? (_hash, document) : null;
        return document;
    }

    public ValueTask<ObjectNode?> ReadAsync(ProblemList problems, CancellationToken cancellation) => new(Load(problems)?.Root);

    public ObjectNode? AsWritten()
    {
        var problems = new ProblemList();
        if (FileLayout.Find(inputs.Path, inputs.Environment, problems) is not { } layout) return null;
        var roots = layout.Files.Select(f => Content(f.Path, problems) is { } content ? DocumentParser.Parse(AsUtf8(content), f.Path, problems) as ObjectNode : null).ToArray();
        return roots.Contains(null) ? null : Merge(layout, roots!, problems);
    }

    public void Accept() => _needed = _loaded;

    public IDisposable Watch(Action changed)
    {
        var folder = Directory.Exists(inputs.Path ?? ".") ? inputs.Path ?? "." : Path.GetDirectoryName(inputs.Path);
        var watcher = new OcelotWatcher(string.IsNullOrEmpty(folder) ? "." : folder, Look, Volatile.Read(ref _hash), changed, time);
        _tellWatcher = watcher.Know;
        return watcher;
    }

    public ValueTask<ObjectNode?> TryAsync(ObjectNode document, ProblemList problems, CancellationToken cancellation)
    {
        if (FileLayout.Find(inputs.Path, inputs.Environment, problems) is not { } layout || OnlyBase(layout, problems) is null) return new((ObjectNode?)null);

        ObjectNode?[] roots = [Substituted(document, problems), .. layout.Files.Skip(1).Select(f => Content(f.Path, problems) is { } file ? Root(f.Path, file, problems) : null)];
        if (roots.Contains(null)) return new((ObjectNode?)null);
        var merged = Merge(layout, roots!, problems);
        if (DocumentWriter.Write(merged) != DocumentWriter.Write(roots[0]!))
            problems.Error(ProblemCodes.Conflict, new Origin(layout.Files[^1].Path, 0, 0), "$", "the file is laid over what is written, and would change it",
                "Post what GET gives, changed only where this file says nothing; or change the file itself");
        return new(_overrides.Apply(merged, problems));
    }

    public async Task WriteAsync(byte[] content, CancellationToken cancellation)
    {
        var problems = new ProblemList();
        if (FileLayout.Find(inputs.Path, inputs.Environment, problems) is not { } layout || OnlyBase(layout, problems) is not { } file)
            throw new IOException(string.Join(' ', problems.Select(p => p.Message)));
        await FileReplacement.WriteAsync(file, content, cancellation);
    }

    // Of several files that stand side by side nobody could say which a change belongs to.
    private static string? OnlyBase(FileLayout layout, ProblemList problems)
    {
        if (layout.Files is [{ Role: FileRole.Base } file, ..]) return file.Path;
        problems.Error(ProblemCodes.Conflict, new Origin(layout.Folder, 0, 0), "$",
            $"the configuration is made of parts: {string.Join(", ", layout.Files.Select(f => Path.GetFileName(f.Path)))}", "Put them together in one ocelot.json, or change the parts themselves");
        return null;
    }

    private string Look(ContentHash hash) =>
        FileLayout.Find(inputs.Path, inputs.Environment, new ProblemList()) is { } layout ? hash.Of(layout.Files.Select(f => f.Path)) : "";

    private static byte[]? Content(string file, ProblemList problems)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Error(ProblemCodes.File, new Origin(file, 0, 0), "$", $"the file can't be read: {e.Message}", "Put it there, and let the gateway's user read it");
            return null;
        }
    }

    private ObjectNode? Root(string file, byte[] content, ProblemList problems)
    {
        content = AsUtf8(content);
        if (DocumentParser.Parse(content, file, problems) is not { } root) return null;
        if (root is ObjectNode map) return content.AsSpan().IndexOf("${"u8) < 0 ? map : Substituted(map, problems);
        problems.Error(ProblemCodes.WrongType, root.Origin, "$", $"the document must be an object, was {root.Kind}", "Write { \"Routes\": [ … ] }");
        return null;
    }

    private ObjectNode Substituted(ObjectNode root, ProblemList problems) => (ObjectNode)new Substitution(inputs.Variables, problems).Apply(root, "");

    // Ocelot reads files by a reader that goes by the byte order mark; some editors on Windows still write UTF-16.
    private static byte[] AsUtf8(byte[] content) => content switch
    {
        [0xFF, 0xFE, ..] => Encoding.Convert(Encoding.Unicode, Encoding.UTF8, content, 2, content.Length - 2),
        [0xFE, 0xFF, ..] => Encoding.Convert(Encoding.BigEndianUnicode, Encoding.UTF8, content, 2, content.Length - 2),
        _ => content,
    };

    private ObjectNode Merge(FileLayout layout, ObjectNode[] roots, ProblemList problems)
    {
        var byPosition = roots.Any(Compatibility25.IsOn) || Compatibility25.IsOn(_overrides.Apply(new ObjectNode(default, []), new ProblemList()));
        var overlay = new DocumentOverlay(byPosition, problems);
        ObjectNode? merged = null;
        for (var i = 0; i < roots.Length; i++)
        {
            var root = layout.Files[i].Role == FileRole.Part ? WithoutGlobal(roots[i], byPosition, problems) : roots[i];
            merged = merged is null ? root
                : layout.Files[i].Role == FileRole.Overlay ? overlay.Apply(merged, root)
                : DocumentOverlay.Append(merged, root);
        }
        return merged!;
    }

    // Ocelot passes over the section in silence. A default that is lost that way is a nuisance; a protection that is lost is a hole.
    private static ObjectNode WithoutGlobal(ObjectNode part, bool isTolerant, ProblemList problems)
    {
        foreach (var member in part.Members.Where(IsGlobal))
        {
            if (member.Value is not ObjectNode { Members.Count: > 0 } global) continue;
            const string Message = "the global section counts in ocelot.global.json only; this one has no effect";
            const string Fix = "Move it to ocelot.global.json";
            if (!isTolerant && global.Members.Any(m => m.Value is not ScalarNode && !KeyCatalog.IsFree(m.Name)))
                problems.Error(ProblemCodes.MisplacedKey, member.NameOrigin, member.Name, Message, Fix);
            else problems.Warning(ProblemCodes.MisplacedKey, member.NameOrigin, member.Name, Message, Fix);
        }
        return part.Members.Any(IsGlobal) ? new ObjectNode(part.Origin, [.. part.Members.Where(m => !IsGlobal(m))]) : part;
    }

    private static bool IsGlobal(Member member) => string.Equals(member.Name, "GlobalConfiguration", StringComparison.OrdinalIgnoreCase);
}
