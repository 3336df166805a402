using Gateway.Pipeline;

namespace Gateway.Features.Caching;

/// <summary>
/// The outermost handler of a route: answers what it has kept, before any other handler is asked, and keeps what the others give it. What comes
/// from here passes through the same changes to its head as an answer of the service.
/// </summary>
internal sealed class CacheHandler(CacheSettings settings, CacheRules rules, IAnswerStore store, TimeProvider time) : DelegatingHandler
{
    private readonly Flights _flights = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var exchange = request.Exchange();
        if (!rules.MayServe(request, exchange.Http.Request, settings.HashesBody)
            || await CacheKey.OfAsync(exchange, request, settings, rules) is not { } key)
            return await base.SendAsync(request, cancellationToken);

        var found = await FindAsync(key, request, cancellationToken);
        if (found.Answer is not null) return Again(found.Answer, request);
        if (!IsSafe(request)) return await FetchAsync(key, request, found.Version, flight: null, cancellationToken);
        if (_flights.Begin(key, out var other) is { } flight) return await LookAgainAsync(key, request, flight, cancellationToken);

        if (await other.WaitAsync(time, cancellationToken)) found = await FindAsync(key, request, cancellationToken);
        return found.Answer is not null ? Again(found.Answer, request) : await base.SendAsync(request, cancellationToken);
    }

    // Requests that change something are never put together, even where Ocelot's ways keep their answers.
    private static bool IsSafe(HttpRequestMessage request) => request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;

    private HttpResponseMessage Again(CachedAnswer kept, HttpRequestMessage request) => kept.ToResponse(request, time.GetUtcNow());

    private async ValueTask<Lookup> FindAsync(string key, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var found = await store.FindAsync(settings.Region, key, cancellationToken);
        return found.Answer is { IsSignpost: true } signpost
            ? await store.FindAsync(settings.Region, CacheKey.Variant(key, signpost.Vary, request), cancellationToken)
            : found;
    }

    private async Task<HttpResponseMessage> LookAgainAsync(string key, HttpRequestMessage request, Flight flight, CancellationToken cancellationToken)
    {
        try
        {
            // Whoever fetched it last may have come back between our look and our start.
            var found = await FindAsync(key, request, cancellationToken);
            if (found.Answer is null) return await FetchAsync(key, request, found.Version, flight, cancellationToken);

            flight.End(isKept: true);
            return Again(found.Answer, request);
        }
        catch
        {
            flight.End(isKept: false);
            throw;
        }
    }

    private async Task<HttpResponseMessage> FetchAsync(
        string key, HttpRequestMessage request, RegionVersion version, Flight? flight, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        var isHead = request.Method == HttpMethod.Head; // its length is that of a body which doesn't come
        if (!rules.MayKeep(answer) || answer.Content.Headers.ContentLength > settings.MaxEntryBytes && !isHead)
        {
            flight?.End(isKept: false);
            return answer;
        }

        flight?.HasHead();
        var recording = new Recording(settings.MaxEntryBytes, isHead ? null : answer.Content.Headers.ContentLength,
            body => KeepAsync(key, request, answer, body, version, flight));
        answer.Content = new RecordedContent(answer.Content, recording);
        return answer;
    }

    private async Task KeepAsync(
        string key, HttpRequestMessage request, HttpResponseMessage answer, byte[]? body, RegionVersion version, Flight? flight)
    {
        try
        {
            if (body is null) return;

            var now = time.GetUtcNow();
            string[] vary = rules.TellsClientsApart ? [.. answer.Headers.Vary.Order(StringComparer.OrdinalIgnoreCase)] : [];
            var place = key;
            if (vary.Length > 0)
            {
                place = CacheKey.Variant(key, vary, request);
                await store.KeepAsync(settings.Region, key, CachedAnswer.Signpost(vary, now), settings.Ttl, version);
            }
            await store.KeepAsync(settings.Region, place, CachedAnswer.Of(answer, body, vary, now), settings.Ttl, version);
        }
        finally
        {
            flight?.End(body is not null);
        }
    }
}
