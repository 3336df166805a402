using Gateway.Pipeline;
using Gateway.Runtime;

namespace Gateway.Hosting.Observing;

/// <summary>
/// Writes one line for each request to the category <c>Gateway.AccessLog</c>, which <c>nlog.config</c> sends to the console as it is. No token,
/// no cookie, no query: a path, and the referring page without its query.
/// </summary>
internal sealed partial class AccessLog(ILoggerFactory loggers, TimeProvider time)
{
    public const string Category = "Gateway.AccessLog";

    private readonly ILogger _logger = loggers.CreateLogger(Category);

    public void Write(AccessLogFormat format, HttpContext http, Exchange? exchange, Refusal? refusal, int status, TimeSpan elapsed)
    {
        if (!_logger.IsEnabled(LogLevel.Information)) return;
        var line = new AccessLine(http, exchange, refusal, status, elapsed, time.GetUtcNow());
        Log.Line(_logger, format == AccessLogFormat.Json ? line.ToJson() : line.ToCombined());
    }

    private static partial class Log
    {
        [LoggerMessage(600, LogLevel.Information, "{Line}", EventName = nameof(Line))]
        public static partial void Line(ILogger logger, string line);
    }
}
