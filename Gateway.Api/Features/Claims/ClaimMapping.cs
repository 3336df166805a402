namespace Gateway.Features.Claims;

/// <summary>A claim, header, parameter or placeholder, and where its value comes from.</summary>
internal sealed record ClaimMapping(string Name, ClaimExpression Value);
