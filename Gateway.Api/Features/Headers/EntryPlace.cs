using Gateway.Configuration;

namespace Gateway.Features.Headers;

/// <summary>Where problems of one entry are reported: it may stand in the route or in the global section.</summary>
internal sealed record EntryPlace(ProblemList Problems, Origin Origin, string Path)
{
    public void Error(string message, string fix, string code = ProblemCodes.InvalidValue) =>
        Problems.Error(code, Origin, Path, message, fix);

    /// <summary>Something that nothing gives a value: Ocelot passes over it.</summary>
    public void Unresolved(string message, string fix) =>
        Problems.ErrorUnlessTolerant(ProblemCodes.UnknownReference, Origin, Path, message, fix);

    public void Warning(string message, string fix = "") =>
        Problems.Warning(ProblemCodes.InvalidValue, Origin, Path, message, fix);
}
