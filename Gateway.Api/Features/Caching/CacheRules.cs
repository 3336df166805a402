using System.Net;
using Microsoft.Net.Http.Headers;

namespace Gateway.Features.Caching;

/// <summary>What may be answered from the cache, and what may be kept in it.</summary>
internal abstract class CacheRules
{
    /// <summary>Ours: nothing is kept that was meant for one client, or is part of a conversation (contract 00; RFC 9111 §3).</summary>
    public static readonly CacheRules Careful = new CarefulRules();

    /// <summary>Ocelot's: everything, of any method and status, for everybody (contract 06 §4.3).</summary>
    public static readonly CacheRules Ocelots = new OcelotsRules();

    /// <summary>Whether callers and their credentials tell answers apart, and the service's <c>Vary</c> counts.</summary>
    public abstract bool TellsClientsApart { get; }

    /// <summary>Whether the request may be answered from the cache.</summary>
    /// <param name="isBodyInKey">Whether a body tells answers apart.</param>
    public abstract bool MayServe(HttpRequestMessage request, HttpRequest client, bool isBodyInKey);

    /// <summary>Whether the service's answer may be kept.</summary>
    public abstract bool MayKeep(HttpResponseMessage answer);

    // A WebSocket or a call of gRPC is a conversation; so is a stream of events, which has no end to wait for.
    private static bool IsConversation(HttpRequest client) =>
        client.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(client.Method)
        || client.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsStream(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.SwitchingProtocols
        || string.Equals(answer.Content.Headers.ContentType?.MediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase);

    private sealed class CarefulRules : CacheRules
    {
        public override bool TellsClientsApart => true;

        public override bool MayServe(HttpRequestMessage request, HttpRequest client, bool isBodyInKey) =>
            (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head)
            && (request.Content is null || isBodyInKey)
            && client.Headers.Range.Count == 0
            && !IsConversation(client);

        public override bool MayKeep(HttpResponseMessage answer) =>
            answer.IsSuccessStatusCode
            && answer.StatusCode != HttpStatusCode.PartialContent
            && !IsStream(answer)
            && !answer.Headers.NonValidated.Contains(HeaderNames.SetCookie)
            && !answer.Headers.Vary.Contains("*")
            && AllowsKeeping(answer);

        // What can't be understood forbids: a shared cache must not guess.
        private static bool AllowsKeeping(HttpResponseMessage answer) => answer.Headers.CacheControl is { } control
            ? control is { NoStore: false, Private: false, NoCache: false }
            : !answer.Headers.NonValidated.Contains(HeaderNames.CacheControl);
    }

    private sealed class OcelotsRules : CacheRules
    {
        public override bool TellsClientsApart => false;

        public override bool MayServe(HttpRequestMessage request, HttpRequest client, bool isBodyInKey) => !IsConversation(client);

        public override bool MayKeep(HttpResponseMessage answer) => !IsStream(answer);
    }
}
