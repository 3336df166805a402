using Gateway.Pipeline;

namespace Gateway.Features.Aggregates;

/// <summary>One JSON object of all answers, with status 200 whatever the services answered; the first refusal in the order of the keys otherwise.</summary>
internal sealed class JsonAggregator : IAggregator
{
    public Task AnswerAsync(Exchange exchange, IReadOnlyList<AggregatePart> parts)
    {
        foreach (var part in parts)
            foreach (var answer in part.Answers)
                if (answer.Refusal is not null || answer.IsBroken) return answer.RefuseAsync(exchange);

        var body = AggregateBody.Write(parts);
        var response = exchange.Http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(exchange.Http.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, exchange.Http.RequestAborted).AsTask();
    }
}
