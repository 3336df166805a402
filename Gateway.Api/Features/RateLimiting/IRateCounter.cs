namespace Gateway.Features.RateLimiting;

/// <summary>Counts the requests of a rule's clients. Counting and judging are one step, however many requests come at once.</summary>
internal interface IRateCounter
{
    ValueTask<Admission> AdmitAsync(Client client);
}
