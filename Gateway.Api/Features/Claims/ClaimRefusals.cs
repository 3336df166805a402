using Gateway.Pipeline;

namespace Gateway.Features.Claims;

/// <summary>Answers to callers whose claims don't do.</summary>
internal static class ClaimRefusals
{
    /// <summary>A claim is missing, or has fewer parts than the route needs.</summary>
    public static readonly Refusal Missing = new("claim_missing", 403, "The caller lacks a claim that this resource needs.");

    /// <summary>A claim's value can't be passed on: it would end a header, or mean another resource.</summary>
    public static readonly Refusal Unusable = new("claim_unusable", 403, "The caller has a claim that this resource can't use.");
}
