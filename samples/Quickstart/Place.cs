namespace Samples.Quickstart;

/// <summary>Where the repository is, and where its programs have been built to.</summary>
/// <param name="Root">The repository's root.</param>
/// <param name="Output">The path below each project where its program is: configuration and framework, as of this program.</param>
internal sealed record Place(string Root, string Output)
{
    public static Place Find()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var root = here;
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Gateway.sln"))) root = root.Parent;
        if (root is null)
            throw new QuickstartException("The Quickstart runs inside the repository: there is no Gateway.sln above " + here.FullName);
        return new(root.FullName, Path.Combine("bin", here.Parent!.Name, here.Name));
    }

    public string FolderOf(Part part) => Path.Combine(Root, part.Project);

    public string ProgramOf(Part part) => Path.Combine(FolderOf(part), Output, Path.GetFileName(part.Project) + ".dll");
}
