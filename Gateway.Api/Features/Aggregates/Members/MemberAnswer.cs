using Gateway.Pipeline;

namespace Gateway.Features.Aggregates.Members;

/// <summary>What a member answered.</summary>
/// <param name="Key">The member.</param>
/// <param name="Http">Its request, and the head of its answer.</param>
/// <param name="Body">Its whole body, without content coding.</param>
/// <param name="Refusal">Why the gateway refused in place of a service; null where the service answered.</param>
/// <param name="IsBroken">Whether the answer broke off, so that the head and the body mean nothing.</param>
internal sealed record MemberAnswer(string Key, HttpContext Http, ReadOnlyMemory<byte> Body, Refusal? Refusal, bool IsBroken)
{
    /// <summary>Gives the client the refusal that this member got, in place of the aggregate's answer.</summary>
    public Task RefuseAsync(Exchange exchange)
    {
        if (IsBroken || Refusal is null) return exchange.RefuseAsync(Refusal ?? Refusal.ConnectionFailed);

        var (from, to) = (Http.Response, exchange.Http.Response);
        exchange.Http.Features.Set(Refusal);
        to.StatusCode = from.StatusCode;
        foreach (var header in from.Headers) to.Headers[header.Key] = header.Value;
        return HttpMethods.IsHead(exchange.Http.Request.Method) ? Task.CompletedTask : to.Body.WriteAsync(Body, exchange.Http.RequestAborted).AsTask();
    }
}
