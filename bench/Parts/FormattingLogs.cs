namespace Gateway.Benchmarks;

/// <summary>Takes every line of Information and above, makes its text, and drops it.</summary>
internal sealed class FormattingLogs : ILoggerProvider, ILogger
{
    private int _characters;

    /// <summary>What was logged, so that nothing is optimised away.</summary>
    public int Characters => _characters;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) _characters += formatter(state, exception).Length;
    }

    public void Dispose()
    {
    }
}
