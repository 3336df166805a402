using Gateway.Configuration;
using Gateway.Features.Mediation.Http;
using Gateway.Pipeline;

namespace Gateway.Features.Mediation.Aggregates;

/// <summary>
/// The <c>Mediation</c> section of an aggregate, which has no delegating handlers: a step around all of its members. Its answers are mediated
/// each by its own route first, then the whole; its request as a whole first, then for each member.
/// </summary>
internal sealed class AggregateMediationFeature(PayloadMediationFactory mediations) : IRouteFeature
{
    // The section is PayloadMediation's key on every level.
    public IReadOnlyList<SectionKey> Keys => [];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        if (section.Level == Levels.Aggregate && mediations.Mediate(section, route) is { } whole) route.Use(new AggregateMediationStep(whole));
    }
}
