using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.QualityOfService;

/// <summary><c>QoSOptions</c>: handlers directly before the connection. Circuits and budgets outlive a reload while their settings are the same.</summary>
internal sealed class QoSFeature(TimeProvider time, ILogger<QoSFeature> logger) : IRouteFeature
{
    public IReadOnlyList<SectionKey> Keys => [QoSCompiler.Key];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        if (QoSCompiler.Compile(section) is not { } settings) return;

        if (settings.Retry is { } retry)
        {
            var budget = route.Share(retry, () => new RetryBudget(retry.Budget));
            route.UseInnerHandler(_ => new RetryHandler(retry, budget, time));
        }
        if (settings.Breaker is { } breaker)
        {
            var circuit = route.Share(breaker, () => new Circuit(Count(breaker), breaker.BreakDuration, time));
            route.UseInnerHandler(_ => new CircuitHandler(circuit, logger));
            route.IsCircuitOpen = () => circuit.IsOpen;
        }
        if (settings.Timeout is { } timeout)
        {
            route.AttemptTimeout = timeout;
            route.UseInnerHandler(_ => new AttemptTimeoutHandler(timeout, time));
        }
    }

    private static IFailureCount Count(BreakerSettings settings) => settings.FailureRatio is { } ratio
        ? new ShareOfFailures(ratio, settings.MinimumThroughput, settings.SamplingDuration)
        : new FailuresInARow(settings.MinimumThroughput);
}
