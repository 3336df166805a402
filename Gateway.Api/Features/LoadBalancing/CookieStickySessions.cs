using Gateway.Pipeline;

namespace Gateway.Features.LoadBalancing;

/// <summary>
/// Sends all requests of a session to the same destination. The session is a cookie's value, and the cookie is the service's: whoever
/// sets it in an answer keeps the client. A request without the cookie is balanced round robin, and so is one whose destination has gone.
/// </summary>
internal sealed class CookieStickySessions(string cookie, StickySessions sessions) : ILoadBalancer, IResponseTransform
{
    private readonly RoundRobin _others = new();

    public Destination Lease(Exchange exchange, IReadOnlyList<Destination> destinations)
    {
        var session = Cookies.InRequest(exchange.Http.Request.Headers.Cookie, cookie);
        if (session.IsEmpty) return _others.Lease(exchange, destinations);

        if (sessions.Find(session) is { } last && Same(last, destinations) is { } same)
        {
            same.Enter();
            return same;
        }
        var destination = _others.Lease(exchange, destinations);
        sessions.Remember(session, SessionPlace.Of(destination));
        return destination;
    }

    public void Apply(Exchange exchange)
    {
        var session = Cookies.InAnswer(exchange.Http.Response.Headers.SetCookie, cookie);
        if (!session.IsEmpty && exchange.Destination is { } destination) sessions.Remember(session, SessionPlace.Of(destination));
    }

    /// <summary>The destination in the list that is the one remembered; another object where it was gone in between.</summary>
    private static Destination? Same(SessionPlace last, IReadOnlyList<Destination> destinations)
    {
        for (var i = 0; i < destinations.Count; i++)
            if (last.Is(destinations[i])) return destinations[i];
        return null;
    }
}
