using System.Collections.Concurrent;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Authentication;

/// <summary>Whatever happens to a token, no log line at any level holds it (contract 05 §9.8).</summary>
public sealed class TokenLogTests
{
    [Fact]
    public async Task No_log_line_holds_a_token_or_a_secret()
    {
        var lines = new Lines();
        await using var issuer = await TokenIssuer.StartAsync();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/d",
            """ "AuthenticationOptions": { "AuthenticationProviderKeys": ["Jwt", "Both"] } """,
            settings: [.. Schemes.Jwt(issuer, "Jwt"), .. Schemes.IdentityServer(issuer, "Both", ("EnableCaching", "true"))],
            configure: services =>
            {
                services.AddSingleton<ILoggerProvider>(lines);
                services.Configure<LoggerFilterOptions>(filter => filter.MinLevel = LogLevel.Trace);
            });
        var reference = issuer.Reference();
        string[] tokens =
        [
            issuer.Jwt(), issuer.Jwt(lifetime: TimeSpan.FromMinutes(-9)), issuer.Jwt(audience: "other"), issuer.Jwt(key: TokenIssuer.UnknownKey()),
            "garbled.token-text.here", "garbled-text-without-dots", reference,
        ];

        foreach (var token in tokens) await gateway.StatusAsync(token);
        issuer.Introspect = http => http.Response.WriteAsync("no answer");
        foreach (var token in tokens) await gateway.StatusAsync(token);
        await issuer.StopAsync();
        await gateway.StatusAsync(issuer.Reference());

        Assert.NotEmpty(lines.All);
        foreach (var secret in tokens.SelectMany(token => token.Split('.').Where(part => part.Length > 8 && !part.StartsWith("eyJhbGci", StringComparison.Ordinal))).Append(TokenIssuer.ApiSecret))
            Assert.DoesNotContain(lines.All, line => line.Contains(secret, StringComparison.Ordinal));
    }

    /// <summary>Keeps every line, exceptions included.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> All => [.. _lines];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
