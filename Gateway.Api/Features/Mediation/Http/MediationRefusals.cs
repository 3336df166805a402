using Gateway.Pipeline;

namespace Gateway.Features.Mediation.Http;

/// <summary>The refusals of mediation: one code, and a status for each kind of fault (A35).</summary>
internal static class MediationRefusals
{
    private const string Code = "mediation_failed";

    public static readonly Refusal Malformed = new(Code, 400, "The request's body can't be read.");
    public static readonly Refusal TooLarge = new(Code, 413, "The request's body is larger than allowed.");
    public static readonly Refusal WrongType = new(Code, 415, "The request's body is of a type that isn't taken here.");
    public static readonly Refusal Unprocessable = new(Code, 422, "The request's body doesn't hold what is needed.");
    public static readonly Refusal BadAnswer = new(Code, 502, "The service's answer can't be passed on.");

    public static Refusal Of(MediationFault fault, MediationSide side) => side == MediationSide.Response ? BadAnswer : fault switch
    {
        MediationFault.Malformed => Malformed,
        MediationFault.TooLarge => TooLarge,
        MediationFault.WrongType => WrongType,
        _ => Unprocessable,
    };
}
