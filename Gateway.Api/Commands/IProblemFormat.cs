namespace Gateway.Commands;

/// <summary>A way to write problems down.</summary>
internal interface IProblemFormat
{
    Task WriteAsync(ProblemReport report);
}
