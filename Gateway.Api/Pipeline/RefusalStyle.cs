namespace Gateway.Pipeline;

/// <summary>How refusals are written (contract 00, Refusals).</summary>
/// <param name="EmptyBodies">No problem+json body, as Ocelot 25; set by <c>Compatibility: "Ocelot25"</c>.</param>
/// <param name="StrictStatusCodes">504 for a time-out and 503 for a service without instances, where Ocelot says 503 and 404.</param>
internal sealed record RefusalStyle(bool EmptyBodies, bool StrictStatusCodes)
{
    public static readonly RefusalStyle Default = new(EmptyBodies: false, StrictStatusCodes: false);
}
