namespace Gateway.Configuration;

/// <summary>What a file contributes to the document.</summary>
internal enum FileRole
{
    /// <summary>The document itself: <c>ocelot.json</c>, or the file that was named.</summary>
    Base,

    /// <summary>One of several that stand side by side; their routes are put one after the other, their global section doesn't count.</summary>
    Part,

    /// <summary>The part whose global section does count: <c>ocelot.global.json</c>.</summary>
    GlobalPart,

    /// <summary>Laid over all that, for one environment.</summary>
    Overlay,
}

/// <summary>A file to read, its path as the user will recognise it.</summary>
internal sealed record LayoutFile(string Path, FileRole Role);

/// <summary>
/// Which files make up the configuration (contract 00, Files). With <c>ocelot.json</c> in the folder, or with a file named, that is the
/// base. Without, every <c>ocelot.*.json</c> is a part, in the order of the names. Either way the current environment's file comes last.
/// </summary>
/// <param name="Folder">Where they stand; <c>.</c> for the working directory.</param>
/// <param name="Files">In the order in which they are merged.</param>
/// <param name="Notes">What an operator may wonder about: files that look as if they took part and don't.</param>
internal sealed record FileLayout(string Folder, IReadOnlyList<LayoutFile> Files, IReadOnlyList<string> Notes)
{
    private const string Base = "ocelot.json";
    private const string Prefix = "ocelot.";
    private const string Suffix = ".json";
    private const string GlobalName = "global";

    // A part called after one of these belongs to that environment alone, in whichever environment the gateway runs.
    private static readonly string[] Environments = ["Development", "Staging", "Production", "Test", "Testing", "QA", "UAT"];

    /// <summary>
    /// Whether a file is no configuration of its own but the overlay of an environment, with the base beside it: then the base, and the
    /// environment.
    /// </summary>
    public static (string Base, string Environment)? AsOverlay(string file)
    {
        var (folder, name) = (Path.GetDirectoryName(file) ?? "", Path.GetFileName(file));
        if (!IsPart(name) || Middle(name).Contains('.', StringComparison.Ordinal)) return null;
        var below = Path.Combine(folder, Base);
        return Environments.FirstOrDefault(e => Same(e, Middle(name))) is { } environment && File.Exists(file) && File.Exists(below) ? (below, environment) : null;
    }

    /// <returns>Null, and a problem, where there is nothing to read.</returns>
    public static FileLayout? Find(string? path, string environment, ProblemList problems)
    {
        var place = string.IsNullOrEmpty(path) ? "." : path;
        try
        {
            if (Directory.Exists(place)) return OfFolder(place, environment, problems);
            if (File.Exists(place)) return OfFile(place, environment);
            problems.Error(ProblemCodes.File, new Origin(place, 0, 0), "$", "there is no such file or folder", "Name an existing file or folder");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Error(ProblemCodes.File, new Origin(place, 0, 0), "$", $"the folder can't be listed: {e.Message}", "Let the gateway's user read it");
        }
        return null;
    }

    private static FileLayout OfFile(string file, string environment)
    {
        var folder = Path.GetDirectoryName(file) is { Length: > 0 } parent ? parent : ".";
        var overlay = $"{Path.GetFileNameWithoutExtension(file)}.{environment}{Path.GetExtension(file)}";
        var files = new List<LayoutFile> { new(file, FileRole.Base) };
        files.AddRange(Names(folder).Where(n => Same(n, overlay)).Select(n => new LayoutFile(In(folder, n), FileRole.Overlay)));
        return new FileLayout(folder, files, []);
    }

    private static FileLayout? OfFolder(string folder, string environment, ProblemList problems)
    {
        var names = Names(folder);
        var others = names.Where(IsPart).ToArray();
        if (names.FirstOrDefault(n => n == Base) is { } exact) return OfBase(folder, exact, others, environment);
        if (names.FirstOrDefault(n => Same(n, Base)) is { } alike) return OfBase(folder, alike, others, environment);
        return OfParts(folder, others, environment, problems);
    }

    private static FileLayout OfBase(string folder, string name, string[] others, string environment)
    {
        var overlays = others.Where(n => Same(n, $"{Prefix}{environment}{Suffix}")).ToArray();
        var unread = others.Except(overlays).Where(n => EnvironmentOf(n, environment) is null).ToArray();
        string[] notes = unread.Length == 0 ? [] : [$"{name} is there, so these are not read: {string.Join(", ", unread)}"];
        return new FileLayout(folder,
            [new(In(folder, name), FileRole.Base), .. overlays.Select(n => new LayoutFile(In(folder, n), FileRole.Overlay))], notes);
    }

    private static FileLayout? OfParts(string folder, string[] names, string environment, ProblemList problems)
    {
        var here = names.ToLookup(n => EnvironmentOf(n, environment));
        var parts = here[null].Select(n => new LayoutFile(In(folder, n), Same(Middle(n), GlobalName) ? FileRole.GlobalPart : FileRole.Part));
        var overlays = here[environment].Select(n => new LayoutFile(In(folder, n), FileRole.Overlay));
        var left = here.Where(g => g.Key is not null && g.Key != environment).SelectMany(g => g).ToArray();

        LayoutFile[] files = [.. parts, .. overlays];
        string[] notes = left.Length == 0 ? [] : [$"The environment is {environment}, so these are not read: {string.Join(", ", left)}"];
        if (files.Length > 0) return new FileLayout(folder, files, notes);

        problems.Error(ProblemCodes.File, new Origin(folder, 0, 0), "$",
            left.Length == 0 ? "there is no ocelot.json here, and no ocelot.*.json" : $"nothing here is for the environment {environment}; there is only {string.Join(", ", left)}",
            "Write an ocelot.json, or name the file or folder that holds the configuration");
        return null;
    }

    /// <summary>The environment a part belongs to, going by the last word of its name: null for a part of every environment.</summary>
    private static string? EnvironmentOf(string name, string current)
    {
        var last = Middle(name).Split('.')[^1];
        return Same(last, current) ? current : Environments.FirstOrDefault(e => Same(e, last));
    }

    private static bool IsPart(string name) =>
        name.Length > Prefix.Length + Suffix.Length
        && name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    private static string Middle(string name) => name[Prefix.Length..^Suffix.Length];

    private static string[] Names(string folder) =>
        [.. Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private static string In(string folder, string name) => folder == "." ? name : Path.Combine(folder, name);

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
