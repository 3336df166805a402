using System.Net;

namespace Gateway.Benchmarks;

/// <summary>A service that answers at once, with the same JSON.</summary>
internal sealed class Answers(byte[] body) : HttpMessageHandler
{
    public static HttpResponseMessage Make(byte[] body)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ReadOnlyMemoryContent(body) };
        answer.Headers.TryAddWithoutValidation("Server", "nginx");
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        return answer;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = Make(body);
        answer.RequestMessage = request;
        return Task.FromResult(answer);
    }
}
