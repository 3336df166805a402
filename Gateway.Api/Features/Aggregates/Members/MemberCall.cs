using Gateway.Pipeline;
using Gateway.Routing;

namespace Gateway.Features.Aggregates.Members;

/// <summary>Calls a member by a copy of the client's request, and keeps its answer.</summary>
internal sealed record MemberCall(string Key, Route Route, RouteDelegate Pipeline)
{
    /// <summary>Sends the client's own request through the member, which answers it: for aggregates of one, and for upgrades.</summary>
    public Task ForwardAsync(Exchange exchange) => Pipeline(ExchangeOf(exchange.Http, exchange.Values));

    /// <param name="exchange">The aggregate's.</param>
    /// <param name="body">The client's body, for each member the same.</param>
    /// <param name="parameter">A placeholder that this call gives a value of its own; null for none.</param>
    public async Task<MemberAnswer> CallAsync(Exchange exchange, ReadOnlyMemory<byte> body, (string Name, string Value)? parameter = null)
    {
        await using var context = new MemberContext(exchange.Http, body);
        var values = exchange.Values.Copy();
        if (parameter is { } given) values.Set(given.Name, given.Value);
        await Pipeline(ExchangeOf(context.Http, values));
        return await context.AnswerAsync(Key);
    }

    private Exchange ExchangeOf(HttpContext http, RouteValues values) => new(http, Route, values, RouteRequest.From(http));
}
