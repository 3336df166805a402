namespace Gateway.Features.Mediation.Values;

/// <summary>What a placeholder may stand for (design §1); the names are those that stand in the braces.</summary>
internal enum ContextValue
{
    Claim,
    Header,
    Query,
    Route,
    Env,
    Status,
    Method,
    Path,
    RequestId,
    Now,
    Uuid,
    RemoteIp,
    BaseUrl,
}
