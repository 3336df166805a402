using System.Security.Cryptography;
using System.Text;
using Gateway.Pipeline;

namespace Gateway.Features.LoadBalancing;

/// <summary>
/// Lets every gateway know where a session goes: what another has told is learnt before a destination is chosen, and the choice is told before
/// the answer begins, so that the client's next request may come by any gateway. While the shared state is away, or has forgotten, each gateway
/// goes by what it knows itself.
/// </summary>
/// <param name="group">Tells the sessions of one route and service from all others.</param>
/// <param name="expiry">After which a session that no gateway was asked for is forgotten.</param>
internal sealed class SharedSessionsStep(ISharedState shared, string group, string cookie, TimeSpan expiry, StickySessions sessions) : IRouteStep
{
    private readonly string _prefix = $"session:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(group)), 0, 16)}:";

    public async Task InvokeAsync(Exchange exchange, RouteDelegate next)
    {
        var key = KeyOf(SessionOf(exchange));
        var known = key is not null && await shared.ReadAsync(key) is [{ } kept] ? SessionPlace.Parse(Encoding.UTF8.GetString(kept)) : null;
        if (known is { } place) sessions.Remember(SessionOf(exchange), place);

        var visit = new Visit(exchange, key, known);
        exchange.Http.Response.OnStarting(() => TellAsync(visit));
        await next(exchange);
        await TellAsync(visit); // the answer of an aggregate's member doesn't begin by itself
    }

    /// <summary>Under the name that the answer gives the session, if it gives one.</summary>
    private Task TellAsync(Visit visit)
    {
        if (visit.IsTold || visit.Exchange.Destination is not { } destination) return Task.CompletedTask;
        visit.IsTold = true;
        var given = KeyOf(Cookies.InAnswer(visit.Exchange.Http.Response.Headers.SetCookie, cookie));
        if ((given ?? visit.Key) is not { } key) return Task.CompletedTask;

        var place = SessionPlace.Of(destination);
        var telling = shared.KeepAsync(key, Encoding.UTF8.GetBytes(place.ToString()), expiry).AsTask();
        // A session that only stays young isn't worth waiting for.
        return key == visit.Key && place == visit.Known ? Task.CompletedTask : telling;
    }

    private ReadOnlySpan<char> SessionOf(Exchange exchange) => Cookies.InRequest(exchange.Http.Request.Headers.Cookie, cookie);

    private string? KeyOf(ReadOnlySpan<char> session) => session.IsEmpty ? null : $"{_prefix}{StickySessions.Hash(session):x32}";

    /// <param name="Key">What the request's session is kept under; null without one.</param>
    /// <param name="Known">Where the shared state says it goes.</param>
    private sealed record Visit(Exchange Exchange, string? Key, SessionPlace? Known)
    {
        public bool IsTold { get; set; }
    }
}
