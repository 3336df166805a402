using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.RequestId;

/// <summary>
/// Takes over the client's id before anything else, so that every refusal and log line of the request shows it: from the global
/// <c>RequestIdKey</c>, else from <c>RequestId</c> (contract 03 §6).
/// </summary>
internal sealed class IncomingRequestIdFeature : IRouteFeature
{
    public IReadOnlyList<SectionKey> Keys { get; } = [RequestIds.Key];

    public void Compile(RouteSection section, RouteBuilder route) =>
        route.Use(section.Global.Once(this, 0, static (global, _) => new IncomingRequestIdStep(RequestIds.IncomingHeader(global))));
}
