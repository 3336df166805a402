using System.Net;
using Gateway.Pipeline;
using Polly;
using Polly.Retry;

namespace Gateway.Features.QualityOfService;

/// <summary>
/// Repeats a request that may be repeated, while the budget lasts: outside the circuit breaker and the attempt's time-out, so that both see
/// each attempt, and inside the route's own time-out.
/// </summary>
internal sealed class RetryHandler(RetrySettings settings, RetryBudget budget, TimeProvider time) : DelegatingHandler
{
    private readonly ResiliencePipeline<HttpResponseMessage> _attempts = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = settings.Attempts,
            Delay = settings.Delay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = arguments => ValueTask.FromResult(
                arguments.AttemptNumber < settings.Attempts && IsWorthAnother(arguments.Outcome) && budget.TrySpend()),
        })
        .Build();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        budget.Earn();
        return IsRepeatable(request) ? RepeatAsync(request, cancellationToken) : base.SendAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> RepeatAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        await _attempts.ExecuteAsync(
            static async (call, cancellation) =>
            {
                if (call.IsRepetition) call.Request.PreferAnotherDestination();
                call.IsRepetition = true;
                return await call.Handler.SendOnceAsync(call.Request, cancellation);
            },
            new Call(this, request),
            cancellationToken);

    private Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        base.SendAsync(request, cancellationToken);

    // A body is read from the client as it is sent, so it can't be sent again.
    private static bool IsRepeatable(HttpRequestMessage request) =>
        request.Content is null or { Headers.ContentLength: 0 }
        && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Method == HttpMethod.Options
            || request.Method == HttpMethod.Put || request.Method == HttpMethod.Delete || request.Method == HttpMethod.Trace);

    private static bool IsWorthAnother(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        // The service has said when it can be asked again: not now.
        { Result: { } answer } => answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout
            || answer is { StatusCode: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter: null },
        { Exception: RefusalException refused } => refused.Refusal == Refusal.TimedOut,
        { Exception: HttpRequestException } => true,
        _ => false,
    };

    private sealed class Call(RetryHandler handler, HttpRequestMessage request)
    {
        public RetryHandler Handler { get; } = handler;

        public HttpRequestMessage Request { get; } = request;

        public bool IsRepetition { get; set; }
    }
}
