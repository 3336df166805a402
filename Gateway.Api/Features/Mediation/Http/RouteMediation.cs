using System.Diagnostics;
using System.Diagnostics.Metrics;
using Gateway.Features.Mediation.Plans;
using Gateway.Pipeline;

namespace Gateway.Features.Mediation.Http;

/// <summary>The mediation of one route or aggregate: its plan, and what logs and metrics tell of the bodies it has worked on; never the bodies.</summary>
internal sealed partial class RouteMediation(MediationPlan plan, string route, TimeProvider time, Counter<long> skipped, ILogger<PayloadMediation> logger)
{
    public MediationPlan Plan => plan;

    public ExchangeContext ContextOf(Exchange exchange) => new(exchange, plan, time);

    /// <summary>A body was mediated, or broke off half-way.</summary>
    public void Ended(MediationSide side, MediatedBody body, long started, MediationFailure? failure)
    {
        if (failure is not null) Log.BrokeOff(logger, route, side, failure.Step, failure.Pointer ?? "", failure.Message);
        else if (logger.IsEnabled(LogLevel.Debug))
            Log.Mediated(logger, route, plan.Hash, side, body.BytesIn, body.BytesOut, time.GetElapsedTime(started).TotalMilliseconds, string.Join(", ", body.Unmatched));
    }

    /// <summary>An answer passed as it was, because the plan isn't for such answers.</summary>
    public void Skipped(string reason) => skipped.Add(1, new TagList { { "route", route }, { "reason", reason } });

    /// <summary>An answer that can't be mediated passed as it was, as the plan wants it.</summary>
    public void PassedThrough() => Log.PassedThrough(logger, route);

    public long Timestamp() => time.GetTimestamp();

    /// <summary>What the client gets in place of a body that can't be mediated: of its own, where it is; of the service's, nothing.</summary>
    public RefusalException Refuse(Exchange exchange, MediationFailure failure, MediationSide side)
    {
        var refusal = MediationRefusals.Of(failure.Fault, side);
        if (side == MediationSide.Request)
        {
            Log.RequestRefused(logger, route, refusal.Status, failure.Step, failure.Pointer ?? "", failure.Message);
            exchange.Http.Features.Set(new RefusalMembers
            {
                Texts = [("step", failure.Step), ("pointer", failure.Pointer ?? "")],
                Errors = failure.Details,
            });
            return new RefusalException(refusal, failure.Message);
        }
        // The client learns nothing about the service's answer; whoever runs the gateway learns where to look.
        Log.AnswerRefused(logger, route, failure.Step, failure.Pointer ?? "", failure.Message, string.Join("; ", failure.Details.Select(d => $"{d.Pointer} {d.Detail}")));
        return new RefusalException(refusal);
    }

    private static partial class Log
    {
        [LoggerMessage(2300, LogLevel.Debug, "Route {Route}: plan {Plan} mediated the {Side}, {BytesIn} bytes to {BytesOut} in {Milliseconds} ms; steps that matched nothing: {Unmatched}", EventName = nameof(Mediated))]
        public static partial void Mediated(ILogger logger, string route, string plan, MediationSide side, long bytesIn, long bytesOut, double milliseconds, string unmatched);

        [LoggerMessage(2301, LogLevel.Information, "Route {Route}: a request was refused with {Status} at step '{Step}', value '{Pointer}': {Reason}", EventName = nameof(RequestRefused))]
        public static partial void RequestRefused(ILogger logger, string route, int status, string step, string pointer, string reason);

        [LoggerMessage(2302, LogLevel.Warning, "Route {Route}: the service's answer was refused at step '{Step}', value '{Pointer}': {Reason} {Details}", EventName = nameof(AnswerRefused))]
        public static partial void AnswerRefused(ILogger logger, string route, string step, string pointer, string reason, string details);

        [LoggerMessage(2303, LogLevel.Warning, "Route {Route}: the {Side} broke off half-way at step '{Step}', value '{Pointer}': {Reason}", EventName = nameof(BrokeOff))]
        public static partial void BrokeOff(ILogger logger, string route, MediationSide side, string step, string pointer, string reason);

        [LoggerMessage(2304, LogLevel.Warning, "Route {Route}: an answer that can't be mediated was passed on as it is, as OnError says", EventName = nameof(PassedThrough))]
        public static partial void PassedThrough(ILogger logger, string route);
    }
}
