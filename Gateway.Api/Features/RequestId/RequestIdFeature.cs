using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.RequestId;

/// <summary>Passes the request's id on to the service in the header that <c>RequestIdKey</c> names (contract 03 §6).</summary>
internal sealed class RequestIdFeature : IRouteFeature
{
    public IReadOnlyList<SectionKey> Keys { get; } = [RequestIds.Key];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        // Dynamic routes use the global key for their logs alone.
        if (section.Level != Levels.Route || section.Read(RequestIds.Key) is not { } header) return;
        if (!RequestIds.IsHeader(header))
        {
            section.Error("RequestIdKey",
                $"\"{header}\" can't carry a request's id: it is no header's name, or a header with another purpose",
                "Write a name such as \"X-Request-Id\"");
            return;
        }
        route.RequestIdHeader = header;
        route.Use(new RequestIdStep(header));
    }
}
