using System.Collections.Frozen;
using System.Text;
using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.RateLimiting;

/// <summary>Makes a policy of a route's options. What is checked is the rule that comes out, whichever level each part is from.</summary>
internal sealed class RateLimitCompiler
{
    public static readonly SectionKey<RateLimitOptions?> Key = new(
        "RateLimitOptions", Levels.Route | Levels.DynamicRoute | Levels.Global, Combination.FieldByField, "RateLimitRule");

    // Far beyond what anybody serves in a year, and within what every counter can count.
    private const long MostRequests = int.MaxValue;

    private static readonly Refusal Exceeded = new("rate_limit_exceeded", 429, "Too many requests.");

    private readonly RouteSection _section;
    private readonly RateLimitOptions? _own;
    private readonly RateLimitOptions _options;

    private RateLimitCompiler(RouteSection section, RateLimitOptions options) =>
        (_section, _own, _options) = (section, section.ReadOwn(Key), options);

    /// <returns>Null where nothing is limited, or after a problem.</returns>
    public static RateLimitPolicy? Compile(RouteSection section)
    {
        if (section.Level == Levels.Aggregate || section.Read(Key) is not { } options || IsOff(section, options)) return null;
        return new RateLimitCompiler(section, options).Compile();
    }

    private static bool IsOff(RouteSection section, RateLimitOptions options)
    {
        var global = section.GlobalApplies(Key) ? section.Global.ReadOwn(Key) : null;
        // The global switch is for emergencies: no route can overrule it (contract 06 §1.1).
        if (options.EnableRateLimiting == false || global?.EnableRateLimiting == false) return true;
        if (section.ReadOwn(Key) is not null || global is not { Limit: null, Period: null }) return false;

        section.Global.Warning("RateLimitOptions", "without 'Limit' and 'Period' it limits nothing by itself: it holds defaults for the routes' own sections",
            "Write both to limit every route", ProblemCodes.Missing);
        return true;
    }

    private RateLimitPolicy? Compile()
    {
        var algorithm = _options.Algorithm ?? RateLimitAlgorithm.FixedWindow;
        var limit = CompileLimit(algorithm);
        var period = CompilePeriod(algorithm);
        var wait = CompileWait(algorithm);
        var key = CompileKey();
        var status = CompileStatus();
        if (limit is null || period is null || wait is null || key is null || status is null) return null;

        var isTolerant = _section.Problems.IsTolerant;
        var message = _options.QuotaMessage ?? (isTolerant ? QuotaText.Default : null);
        return new RateLimitPolicy(
            new RateLimitRule(algorithm, limit.Value, period.Value, wait.Value, key, _options.KeyPrefix ?? "Ocelot.RateLimiting"),
            (_options.ClientWhitelist ?? []).ToFrozenSet(StringComparer.Ordinal),
            _options.EnableHeaders ?? true,
            Exceeded with { Status = status.Value },
            message is null ? null : Encoding.UTF8.GetBytes(QuotaText.Make(message, limit.Value, _options.Period ?? "1s")),
            DemandsName: isTolerant && _options.Key is null);
    }

    private long? CompileLimit(RateLimitAlgorithm algorithm)
    {
        if (_options.Limit is not { } limit)
        {
            const string Message = "neither the route nor the global section says how many requests are allowed; Ocelot then refuses them all";
            const string Fix = "Write a positive 'Limit', or \"EnableRateLimiting\": false";
            if (algorithm != RateLimitAlgorithm.FixedWindow) _section.Error("RateLimitOptions.Limit", Message, Fix, ProblemCodes.Missing);
            else _section.ErrorUnlessTolerant("RateLimitOptions.Limit", Message, Fix, ProblemCodes.Missing);
            return algorithm == RateLimitAlgorithm.FixedWindow ? 0 : null;
        }
        if (limit is > 0 and <= MostRequests) return limit;

        var fix = limit < 0 ? $"Write {-(decimal)limit}" : "Write a positive number, or \"EnableRateLimiting\": false";
        var message = limit > 0 ? $"must be at most {MostRequests}, was {limit}" : $"must be positive, was {limit}";
        if (_own?.Limit is null && limit <= 0 && algorithm == RateLimitAlgorithm.FixedWindow)
            _section.Global.ErrorUnlessTolerant("RateLimitOptions.Limit", message, fix);
        else Place(_own?.Limit is not null).Error("RateLimitOptions.Limit", message, fix);
        return limit is <= 0 and > -MostRequests && algorithm == RateLimitAlgorithm.FixedWindow ? -limit : null;
    }

    private TimeSpan? CompilePeriod(RateLimitAlgorithm algorithm)
    {
        if (algorithm == RateLimitAlgorithm.Concurrency)
        {
            if (_own?.Period is not null) _section.Error("RateLimitOptions.Period", "has no meaning for the algorithm Concurrency, which counts requests at once", "Remove it");
            return TimeSpan.Zero;
        }
        if (_options.Period is not { } text) return TimeSpan.FromSeconds(1);

        var place = Place(_own?.Period is not null);
        if (!Duration.TryParse(text, out var period) || period < TimeSpan.FromMilliseconds(1))
            place.Error("RateLimitOptions.Period", $"\"{text}\" is no time", "Write a positive number and ms, s, m, h or d, such as \"1.5m\"");
        else if (_own?.Period is not null && _section.Level == Levels.Route && !Duration.SaysItsUnit(text))
            place.Error("RateLimitOptions.Period", $"\"{text}\" must end in its unit, in lower case", "Write ms, s, m, h or d behind the number, such as \"500ms\"");
        else return period;
        return null;
    }

    private TimeSpan? CompileWait(RateLimitAlgorithm algorithm)
    {
        if (_options.Wait is not { } text) return TimeSpan.Zero;
        if (algorithm != RateLimitAlgorithm.FixedWindow)
        {
            if (_own?.Wait is not null) _section.Error("RateLimitOptions.Wait", $"has a meaning only for the algorithm FixedWindow, not for {algorithm}", "Remove it");
            return TimeSpan.Zero;
        }
        if (Duration.TryParse(text, out var wait)) return wait;

        Place(_own?.Wait is not null).Error("RateLimitOptions.Wait", $"\"{text}\" is no time", "Write a number and ms, s, m, h or d, such as \"30s\"");
        return null;
    }

    private ClientKey? CompileKey()
    {
        if (_options.Key is not { } text) return new ClientKey(ClientKeySource.Header, _options.ClientIdHeader ?? "Oc-Client");
        if (ClientKey.Parse(text) is { } key) return key;

        Place(_own?.Key is not null).Error("RateLimitOptions.Key", $"\"{text}\" names no client", "Write ip, route, header:NAME or claim:TYPE");
        return null;
    }

    private int? CompileStatus()
    {
        var status = _options.StatusCode ?? StatusCodes.Status429TooManyRequests;
        if (status is >= 200 and <= 999) return status;

        Place(_own?.StatusCode is not null).Error("RateLimitOptions.StatusCode", $"must be a final HTTP status from 200 to 999, was {status}", "Write 429");
        return null;
    }

    private DocumentSection Place(bool isOwn) => isOwn ? _section : _section.Global;
}
