using System.Globalization;
using Gateway.Configuration;

namespace Gateway.Features.QualityOfService;

/// <summary>
/// Makes settings of a route's options. Where Ocelot puts another value in silence in the place of one that is out of range, the same value is
/// put and said (contract 06 §2.2), unless the value can't have been meant: then it is refused.
/// </summary>
internal sealed class QoSCompiler
{
    public static readonly SectionKey<QoSOptions?> Key =
        new("QoSOptions", Levels.Route | Levels.DynamicRoute | Levels.Global, Combination.FieldByField);

    private const int Longest = 86_400_000;

    private readonly RouteSection _section;
    private readonly QoSOptions? _own;
    private readonly QoSOptions _options;

    private QoSCompiler(RouteSection section, QoSOptions options) => (_section, _own, _options) = (section, section.ReadOwn(Key), options);

    /// <returns>Null where nothing is switched on.</returns>
    public static QoSSettings? Compile(RouteSection section) =>
        section.Level != Levels.Aggregate && section.Read(Key) is { } options ? new QoSCompiler(section, options).Compile() : null;

    private QoSSettings? Compile()
    {
        RefuseNegative(o => o.Timeout, nameof(QoSOptions.Timeout), "Leave it out to have none");
        RefuseNegative(o => o.MinimumThroughput, nameof(QoSOptions.MinimumThroughput), "Write 0 to have no breaker");
        RefuseNegative(o => o.BreakDuration, nameof(QoSOptions.BreakDuration), "Write milliseconds, more than 500");
        RefuseNegative(o => o.SamplingDuration, nameof(QoSOptions.SamplingDuration), "Write milliseconds, more than 500");
        RefuseNegative(o => o.FailureRatio, nameof(QoSOptions.FailureRatio), "Write a share such as 0.5");

        var retry = CompileRetry();
        if (_options is not ({ Timeout: > 0 } or { MinimumThroughput: > 0 } or { FailureRatio: > 0 }))
        {
            if (retry is null && _options is { BreakDuration: > 0 } or { SamplingDuration: > 0 })
                _section.Warning("QoSOptions", "switches nothing on: times alone mean nothing", "Write 'MinimumThroughput', 'FailureRatio', 'Timeout' or 'Retry'");
            return retry is null ? null : new QoSSettings(null, null, retry);
        }
        return new QoSSettings(CompileTimeout(), CompileBreaker(), retry);
    }

    private TimeSpan? CompileTimeout() => _options.Timeout switch
    {
        null or < 0 => null,
        0 => null,
        > 10 and < Longest => TimeSpan.FromMilliseconds(_options.Timeout.Value),
        _ => Instead(o => o.Timeout, nameof(QoSOptions.Timeout), 30_000, $"more than 10 and less than {Longest}"),
    };

    private BreakerSettings? CompileBreaker()
    {
        var ratio = CompileRatio();
        if (_options.MinimumThroughput == 0)
        {
            if (ratio is null)
            {
                Place(o => o.MinimumThroughput).Warning("QoSOptions.MinimumThroughput", "0 is no breaker; Ocelot's built-in engine makes 100 of it",
                    "Write 100 to have one");
                return null;
            }
            Place(o => o.MinimumThroughput).ErrorUnlessTolerant("QoSOptions.MinimumThroughput", "0 is no breaker, so 'FailureRatio' has no effect",
                "Write how many calls there must be before the ratio counts, or remove 'FailureRatio'", ProblemCodes.Conflict);
        }
        return new BreakerSettings(
            _options.MinimumThroughput is { } minimum and > 0 ? minimum : 100,
            CompileTime(o => o.BreakDuration, nameof(QoSOptions.BreakDuration), 5000),
            ratio,
            CompileTime(o => o.SamplingDuration, nameof(QoSOptions.SamplingDuration), 10_000));
    }

    private double? CompileRatio()
    {
        if (_options.FailureRatio is not ({ } ratio and > 0)) return null;
        if (ratio <= 1) return ratio;

        Place(o => o.FailureRatio).ErrorUnlessTolerant("QoSOptions.FailureRatio",
            string.Create(CultureInfo.InvariantCulture, $"must be a share up to 1, was {ratio}"), "Write 0.5 for half of all calls");
        return 0.5;
    }

    private TimeSpan CompileTime(Func<QoSOptions, int?> property, string name, int otherwise) => property(_options) switch
    {
        null or < 0 => TimeSpan.FromMilliseconds(otherwise),
        > 500 and var milliseconds => TimeSpan.FromMilliseconds(milliseconds),
        _ => Instead(property, name, otherwise, "more than 500"),
    };

    private TimeSpan Instead(Func<QoSOptions, int?> property, string name, int milliseconds, string range)
    {
        Place(o => property(o)).Warning($"QoSOptions.{name}", $"{property(_options)} ms is out of range: {milliseconds} is used in its place, as in Ocelot",
            $"Write milliseconds, {range}");
        return TimeSpan.FromMilliseconds(milliseconds);
    }

    private RetrySettings? CompileRetry()
    {
        if (_options.Retry is not { } retry) return null;

        var place = Place(o => o.Retry);
        var (attempts, delay, budget) = (retry.Attempts ?? 2, retry.Delay ?? 100, retry.Budget ?? 0.2);
        if (attempts is < 1 or > 10) place.Error("QoSOptions.Retry.Attempts", $"must be from 1 to 10, was {attempts}", "Write 2, or remove 'Retry'");
        else if (delay is < 0 or > 60_000) place.Error("QoSOptions.Retry.Delay", $"must be from 0 to 60000 milliseconds, was {delay}", "Write 100");
        else if (budget is not (> 0 and <= 1))
            place.Error("QoSOptions.Retry.Budget", string.Create(CultureInfo.InvariantCulture, $"must be above 0 and up to 1, was {budget}"), "Write 0.2 for a fifth of all requests");
        else return new RetrySettings(attempts, TimeSpan.FromMilliseconds(delay), budget);
        return null;
    }

    private void RefuseNegative(Func<QoSOptions, double?> property, string name, string fix)
    {
        if (property(_options) is { } value and < 0)
            Place(o => property(o)).ErrorUnlessTolerant($"QoSOptions.{name}",
                string.Create(CultureInfo.InvariantCulture, $"must not be negative, was {value}"), fix);
    }

    private DocumentSection Place(Func<QoSOptions, object?> property) => _own is not null && property(_own) is not null ? _section : _section.Global;
}
