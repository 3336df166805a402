namespace Gateway.Configuration;

/// <summary>An error keeps a configuration from taking effect; a warning is only shown.</summary>
internal enum Severity
{
    Warning,
    Error,
}

/// <summary>A fault in the configuration: what, where, and what to do about it.</summary>
/// <param name="Code">A stable name for this kind of fault (<see cref="ProblemCodes"/>).</param>
/// <param name="Path">The place in the document: <c>Routes[3].RateLimitOptions.Limit</c>.</param>
/// <param name="Message">What is wrong, naming the value found.</param>
/// <param name="Fix">What the user can write instead; empty where the message says it all.</param>
internal sealed record Problem(string Code, Severity Severity, Origin Origin, string Path, string Message, string Fix)
{
    /// <summary>One line, as compilers write it: <c>ocelot.json:41:18: error invalid_value Routes[3].X: message. Fix: …</c></summary>
    public override string ToString() =>
        $"{Origin}: {(Severity == Severity.Error ? "error" : "warning")} {Code} {Path}: {Sentence(Message)}{(Fix.Length > 0 ? $" Fix: {Sentence(Fix)}" : "")}";

    private static string Sentence(string text) => text.EndsWith('.') || text.EndsWith('?') ? text : text + ".";
}
