using System.Text.Json;
using Gateway.Features.Aggregates.Members;
using Gateway.Pipeline;

namespace Gateway.Features.Aggregates;

/// <summary>Answers a request by those of two or more members, called at the same time (contract 02 §7, 00).</summary>
/// <param name="members">In the order of their keys; the first is the one that others may depend on.</param>
/// <param name="assemble">Makes one answer of all, where none was refused or the aggregator wants to know.</param>
internal sealed class Aggregate(IReadOnlyList<AggregateMember> members, IAggregator assemble)
{
    // One request must not take all connections of a service; nor may a service's answer start calls without end.
    private const int MaxCallsAtOnce = 32;
    private const int MaxCalls = 1000;

    private readonly bool _isComplex = members.Any(m => m.DependsOn is not null);

    public async Task AnswerAsync(Exchange exchange)
    {
        if (exchange.Http.IsWebSocket())
        {
            await members[0].Call.ForwardAsync(exchange); // a conversation can be held with one alone
            return;
        }

        var body = await RequestBody.ReadAsync(exchange.Http);
        var first = _isComplex ? await members[0].Call.CallAsync(exchange, body) : null;
        using var known = first is { Refusal: null, IsBroken: false } ? JsonPart.TryParse(first.Body, first.Http.Response.ContentType) : null;
        if (first is { Refusal: null, IsBroken: false } && known is null)
        {
            await exchange.RefuseAsync(AggregateRefusals.NotJson, $"The answer for '{first.Key}' is not JSON.");
            return;
        }
        if (first is not null && known is null)
        {
            await assemble.AnswerAsync(exchange, [new AggregatePart(first.Key, [first], IsList: false)]);
            return;
        }

        var values = members.Select(m => m.DependsOn is { } needs ? Values(needs, known!.RootElement) : null).ToArray();
        if (values.Sum(v => v?.Count ?? 1) > MaxCalls) await exchange.RefuseAsync(AggregateRefusals.TooManyCalls);
        else await assemble.AnswerAsync(exchange, await CallAllAsync(exchange, body, first, values));
    }

    private async Task<AggregatePart[]> CallAllAsync(
        Exchange exchange, ReadOnlyMemory<byte> body, MemberAnswer? first, IReadOnlyList<string>?[] values)
    {
        using var turn = new SemaphoreSlim(MaxCallsAtOnce);
        var parts = new Task<AggregatePart>[members.Count];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = i == 0 && first is not null
                ? Task.FromResult(new AggregatePart(first.Key, [first], IsList: false))
                : PartAsync(members[i], values[i], exchange, body, turn);
        return await Task.WhenAll(parts); // also where one failed: the copies need the client's request until they end
    }

    private static async Task<AggregatePart> PartAsync(
        AggregateMember member, IReadOnlyList<string>? values, Exchange exchange, ReadOnlyMemory<byte> body, SemaphoreSlim turn)
    {
        if (member.DependsOn is not { } needs || values is null)
            return new AggregatePart(member.Call.Key, [await CallAsync(member.Call, exchange, body, null, turn)], IsList: false);

        var answers = await Task.WhenAll(values.Select(value => CallAsync(member.Call, exchange, body, (needs.Parameter, value), turn)));
        // The shape follows the path, not the data; without a value there is nothing but an empty list to give.
        return new AggregatePart(member.Call.Key, answers, IsList: !needs.Path.IsSingle || answers.Length == 0);
    }

    private static async Task<MemberAnswer> CallAsync(
        MemberCall call, Exchange exchange, ReadOnlyMemory<byte> body, (string Name, string Value)? parameter, SemaphoreSlim turn)
    {
        await turn.WaitAsync(exchange.Http.RequestAborted);
        try
        {
            return await call.CallAsync(exchange, body, parameter);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The distinct texts, numbers and booleans that the path selects; anything else names nothing that a URL could.</summary>
    private static List<string> Values(DependentMember needs, JsonElement answer) => needs.Path.Select(answer)
        .Select(value => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        })
        .OfType<string>()
        .Distinct(StringComparer.Ordinal)
        .ToList();
}
