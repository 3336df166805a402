using Gateway.Configuration;

namespace Gateway.Features.Mediation.Plans;

/// <summary>The place in a plan that is being compiled: where its problems are reported, and what the whole plan shares.</summary>
internal sealed class PlanScope
{
    private readonly ProblemList _problems;
    private readonly Origin _origin;
    private readonly int _rootLength;

    public PlanScope(ProblemList problems, DocumentNode node, string path, MediationSide side, PlanReads reads, PlanServices services)
        : this(problems, node.Origin, path, path.Length + 1, side, reads, services)
    {
    }

    private PlanScope(ProblemList problems, Origin origin, string path, int rootLength, MediationSide side, PlanReads reads, PlanServices services)
    {
        _problems = problems;
        _origin = origin;
        _rootLength = rootLength;
        Path = path;
        Side = side;
        Reads = reads;
        Services = services;
    }

    /// <summary>The place in the document: <c>Routes[2].Mediation.Response.Steps[1].Rename</c>.</summary>
    public string Path { get; }

    /// <summary>The place in the plan: <c>Response.Steps[1].Rename</c>.</summary>
    public string PlanPath => Path.Length > _rootLength ? Path[_rootLength..] : "";

    /// <summary>The folder of the file that this place stands in; names of files start from it.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(_origin.File) ?? "";

    public MediationSide Side { get; }

    public PlanReads Reads { get; }

    public PlanServices Services { get; }

    /// <summary>A key of the language below this place.</summary>
    public PlanScope Member(string name, DocumentNode node) => Below($"{Path}.{name}", node.Origin);

    /// <summary>A name that is data, such as a path, below this place.</summary>
    public PlanScope Key(string name, DocumentNode node) =>
        Below($"{Path}['{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}']", node.Origin);

    public PlanScope Item(int index, DocumentNode node) => Below($"{Path}[{index}]", node.Origin);

    /// <summary>The same place, with the line and column of this node.</summary>
    public PlanScope At(DocumentNode node) => Below(Path, node.Origin);

    public PlanScope At(Origin origin) => Below(Path, origin);

    /// <summary>The same place, for problems that are found later and go to another list.</summary>
    public PlanScope To(ProblemList problems) => new(problems, _origin, Path, _rootLength, Side, Reads, Services);

    public PlanScope On(MediationSide side) => new(_problems, _origin, Path, _rootLength, side, Reads, Services);

    public void Error(string code, string message, string fix = "") => _problems.Error(code, _origin, Path, message, fix);

    public void Warning(string code, string message, string fix = "") => _problems.Warning(code, _origin, Path, message, fix);

    /// <summary>A value of the right type that makes no sense.</summary>
    public void Invalid(string message, string fix = "") => Error(ProblemCodes.InvalidValue, message, fix);

    /// <summary>A value of another type than is taken here.</summary>
    public void WrongType(DocumentNode node, string expected, string fix = "") =>
        Below(Path, node.Origin).Error(ProblemCodes.WrongType, $"must be {expected}, was {node.Kind}", fix);

    private PlanScope Below(string path, Origin origin) => new(_problems, origin, path, _rootLength, Side, Reads, Services);
}
