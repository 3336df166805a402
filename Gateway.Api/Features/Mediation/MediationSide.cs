namespace Gateway.Features.Mediation;

/// <summary>Which of the two bodies of an exchange.</summary>
internal enum MediationSide
{
    Request,
    Response,
}
