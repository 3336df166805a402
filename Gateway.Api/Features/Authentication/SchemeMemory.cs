using Gateway.Features.Authentication.JwtBearer;

namespace Gateway.Features.Authentication;

/// <summary>What may be remembered of a scheme's answers.</summary>
/// <param name="IsAllowed">Whether its answer about a JWT follows from the token, the time and the keys alone.</param>
/// <param name="Keys">The keys, where they can change.</param>
internal sealed record SchemeMemory(bool IsAllowed, IssuerKeys? Keys)
{
    public static readonly SchemeMemory None = new(false, null);
}
