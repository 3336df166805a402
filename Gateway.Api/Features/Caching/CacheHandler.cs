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

        if (await FindAsync(key, request, cancellationToken) is { } kept) return kept;
        if (!IsSafe(request)) return await FetchAsync(key, request, flight: null, cancellationToken);

        if (_flights.Begin(key, out var other) is { } flight)
        {
            return await FetchAsync(key, request, flight, cancellationToken);
        }
        var isThere = await other.WaitAsync(time, cancellationToken);
        return isThere && await FindAsync(key, request, cancellationToken) is { } brought ? brought : await base.SendAsync(request, cancellationToken);
    }

    // Requests that change something are never put together, even where Ocelot's ways keep their answers.
    private static bool IsSafe(HttpRequestMessage request) => request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;

    private async Task<HttpResponseMessage?> FindAsync(string key, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var kept = await store.FindAsync(settings.Region, key, cancellationToken);
        if (kept is { IsSignpost: true })
            kept = await store.FindAsync(settings.Region, CacheKey.Variant(key, kept.Vary, request), cancellationToken);
        return kept?.ToResponse(request, time.GetUtcNow());
    }

    private async Task<HttpResponseMessage> FetchAsync(string key, HttpRequestMessage request, Flight? flight, CancellationToken cancellationToken)
    {
        try
        {
            // Whoever fetched it last may have come back between our look and our start.
            if (flight is not null && await FindAsync(key, request, cancellationToken) is { } kept)
            {
                flight.End(isKept: true);
                return kept;
            }

            var answer = await base.SendAsync(request, cancellationToken);
            if (!rules.MayKeep(answer) || answer.Content.Headers.ContentLength > settings.MaxEntryBytes && request.Method != HttpMethod.Head)
            {
                flight?.End(isKept: false);
                return answer;
            }
            flight?.HasHead();
            var length = request.Method == HttpMethod.Head ? null : answer.Content.Headers.ContentLength;
            var recording = new Recording(settings.MaxEntryBytes, length, body => _ = KeepAsync(key, request, answer, body, flight));
            answer.Content = new RecordedContent(answer.Content, recording);
            return answer;
        }
        catch
        {
            flight?.End(isKept: false);
            throw;
        }
    }

    private async Task KeepAsync(string key, HttpRequestMessage request, HttpResponseMessage answer, byte[]? body, Flight? flight)
    {
        try
        {
            if (body is null) return;

            var now = time.GetUtcNow();
            string[] vary = rules.TellsClientsApart ? [.. answer.Headers.Vary.Order(StringComparer.OrdinalIgnoreCase)] : [];
            var kept = CachedAnswer.Of(answer, body, vary, now);
            var place = key;
            if (vary.Length > 0)
            {
                place = CacheKey.Variant(key, vary, request);
                await store.KeepAsync(settings.Region, key, CachedAnswer.Signpost(vary, now), settings.Ttl);
            }
            await store.KeepAsync(settings.Region, place, kept, settings.Ttl);
        }
        finally
        {
            flight?.End(body is not null);
        }
    }
}
