using Gateway.Configuration;

namespace Gateway.Commands;

/// <summary>What a check found.</summary>
/// <param name="Problems">In the order of the files.</param>
/// <param name="Routes">How many routes the files hold; null where nobody counted.</param>
internal sealed record ProblemReport(IReadOnlyList<Problem> Problems, int? Routes)
{
    /// <summary>What is not wrong, but may be wondered about.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public int Errors => Problems.Count(p => p.Severity == Severity.Error);

    public int Warnings => Problems.Count - Errors;
}
