namespace Gateway.Tests.Architecture;

/// <summary>The gateway's own source files.</summary>
internal static class Sources
{
    /// <summary>Each file of <c>Gateway.Api</c>: its path from there, with slashes, and its lines.</summary>
    public static IReadOnlyList<(string Path, string[] Lines)> All { get; } = Read();

    private static List<(string, string[])> Read()
    {
        var project = Path.Combine(Root(), "Gateway.Api");
        return [.. Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(project, file).Replace('\\', '/'), File: file))
            .Where(f => !f.Path.StartsWith("obj/", StringComparison.Ordinal) && !f.Path.StartsWith("bin/", StringComparison.Ordinal))
            .Select(f => (f.Path, File.ReadAllLines(f.File)))];
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Gateway.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("There is no Gateway.sln above the tests.");
    }
}
