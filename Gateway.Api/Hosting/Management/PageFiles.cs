using System.Reflection;

namespace Gateway.Hosting.Management;

/// <summary>The page: hand-written files that travel in the assembly.</summary>
internal static class PageFiles
{
    private const string Prefix = "page/";
    private const string Start = "index.html";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    public static void Map(WebApplication app)
    {
        var assembly = typeof(PageFiles).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var file = name[Prefix.Length..];
            var content = Read(assembly, name);
            var type = Types[Path.GetExtension(file)];
            app.MapGet(file == Start ? "/" : $"/page/{file}", () => Results.Bytes(content, type));
        }
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
