using System.Collections;

namespace Gateway.Configuration;

/// <summary>
/// Collects the problems of one configuration, all of them, each once. Not thread-safe: a configuration is compiled by one thread.
/// </summary>
internal sealed class ProblemList : IReadOnlyCollection<Problem>
{
    private readonly List<Problem> _problems = [];
    private readonly HashSet<Problem> _known = [];

    public int Count => _problems.Count;

    public bool HasErrors { get; private set; }

    /// <summary>Whether what only this gateway refuses is a warning: <c>GlobalConfiguration.Compatibility</c> says so (contract 00).</summary>
    public bool IsTolerant { get; set; }

    public void Add(Problem problem)
    {
        // A fault in the global section is met once for each route that reads it.
        if (!_known.Add(problem)) return;
        _problems.Add(problem);
        HasErrors |= problem.Severity == Severity.Error;
    }

    public void AddRange(IEnumerable<Problem> problems)
    {
        foreach (var problem in problems) Add(problem);
    }

    public void Error(string code, Origin origin, string path, string message, string fix = "") =>
        Add(new Problem(code, Severity.Error, origin, path, message, fix));

    public void Warning(string code, Origin origin, string path, string message, string fix = "") =>
        Add(new Problem(code, Severity.Warning, origin, path, message, fix));

    /// <summary>Reports what Ocelot would pass over in silence; never for anything that would leave a route more open than it was meant.</summary>
    public void ErrorUnlessTolerant(string code, Origin origin, string path, string message, string fix = "") =>
        Add(new Problem(code, IsTolerant ? Severity.Warning : Severity.Error, origin, path, message, fix));

    /// <summary>In the order of the files: by file, line and column; what stands in no file comes last.</summary>
    public IEnumerator<Problem> GetEnumerator() => _problems
        .OrderBy(p => p.Origin.Line == 0)
        .ThenBy(p => p.Origin.File, StringComparer.Ordinal)
        .ThenBy(p => p.Origin.Line)
        .ThenBy(p => p.Origin.Column)
        .ThenBy(p => p.Path, StringComparer.Ordinal)
        .GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
