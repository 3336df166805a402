namespace Gateway.Features.Mediation;

/// <summary>
/// A body that can't be mediated. The message says what was expected, never what was found: it may reach a client or a log, and the body
/// must reach neither.
/// </summary>
internal sealed class MediationFailure(MediationFault fault, string message) : Exception(message)
{
    public MediationFault Fault { get; } = fault;

    /// <summary>The step at which it stopped, as the plan names it (<c>Request.Steps[1].Convert</c>); empty before the first step.</summary>
    public string Step { get; set; } = "";

    /// <summary>The value at which it stopped, as a JSON pointer (RFC 6901); null where no single value is at fault.</summary>
    public string? Pointer { get; set; }

    /// <summary>What is wrong with the body, where it is several things: a JSON pointer and a sentence for each.</summary>
    public IReadOnlyList<(string Pointer, string Detail)> Details { get; init; } = [];

    /// <summary>Names the step, unless one that is further in has been named already.</summary>
    public MediationFailure At(Plans.Step? step)
    {
        if (Step.Length == 0 && step is not null) Step = step.Name;
        return this;
    }

    public static MediationFailure Malformed(string message) => new(MediationFault.Malformed, message);

    public static MediationFailure Unprocessable(string message, string? pointer = null) =>
        new(MediationFault.Unprocessable, message) { Pointer = pointer };
}
