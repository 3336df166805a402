using System.Net;
using Gateway.Features.Aggregates.Members;
using Gateway.Pipeline;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Features.Aggregates.Defined;

/// <summary>Lets a program's own code make the answer; it sees refused members too.</summary>
internal sealed class DefinedAggregator(IDefinedAggregator aggregator) : IAggregator
{
    // The server says itself how the answer is framed.
    private static readonly string[] Framing = ["Connection", "Content-Length", "Keep-Alive", "Transfer-Encoding"];

    private static readonly string[] OfBodies = ["Allow", "Expires", "Last-Modified"];

    public async Task AnswerAsync(Exchange exchange, IReadOnlyList<AggregatePart> parts)
    {
        using var answer = await aggregator.Aggregate([.. parts.SelectMany(p => p.Answers).Select(Describe)]);
        var response = exchange.Http.Response;
        response.StatusCode = (int)answer.StatusCode;
        if (!string.IsNullOrEmpty(answer.ReasonPhrase)) exchange.Http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = answer.ReasonPhrase;
        foreach (var header in answer.Headers) Add(response.Headers, header.Key, header.Values);
        if (answer.Content is not { } content) return;

        foreach (var header in content.Headers) Add(response.Headers, header.Key, header.Value);
        if (!HttpMethods.IsHead(exchange.Http.Request.Method)) await content.CopyToAsync(response.Body, exchange.Http.RequestAborted);
    }

    private static void Add(IHeaderDictionary headers, string name, IEnumerable<string> values)
    {
        if (!Framing.Contains(name, StringComparer.OrdinalIgnoreCase)) headers[name] = values.ToArray();
    }

    private static HttpContext Describe(MemberAnswer answer)
    {
        var failed = answer.Refusal is not null || answer.IsBroken;
        AggregateItems.Set(answer.Http.Items, answer.Key, failed ? null : ResponseOf(answer), failed ? [(answer.Refusal ?? Refusal.ConnectionFailed).Code] : []);
        return answer.Http;
    }

    private static DownstreamResponse ResponseOf(MemberAnswer answer)
    {
        var content = new ReadOnlyMemoryContent(answer.Body);
        var headers = new List<Header>();
        foreach (var (name, values) in answer.Http.Response.Headers)
        {
            if (name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase)) continue; // the body is plain by now
            if (DescribesBody(name)) content.Headers.TryAddWithoutValidation(name, values.ToArray());
            else headers.Add(new Header(name, values.OfType<string>()));
        }
        var reason = answer.Http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase;
        return new DownstreamResponse(content, (HttpStatusCode)answer.Http.Response.StatusCode, headers, reason);
    }

    private static bool DescribesBody(string header) =>
        header.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && !header.StartsWith("Content-Security", StringComparison.OrdinalIgnoreCase)
        || OfBodies.Contains(header, StringComparer.OrdinalIgnoreCase);
}
