using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using Gateway.Configuration;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Authentication;

/// <summary>Tokens of browsers, which can give a WebSocket no header: from the query or a sub-protocol, where the route says so.</summary>
public sealed class TokenFromTests : IAsyncDisposable
{
    private const string FromQuery = """ "TokenFrom": { "Query": "access_token" } """;
    private const string FromSubProtocol = """ "TokenFrom": { "SubProtocol": "bearer" } """;

    private TokenIssuer _issuer = null!;
    private StubService _service = null!;
    private TestGateway _gateway = null!;

    [Theory]
    [InlineData("/a?x=1&access_token={t}&y=%2F", "/d?x=1&y=%2F")]
    [InlineData("/a?access_token={t}", "/d")]
    [InlineData("/a?ACCESS%5Ftoken={t}&b", "/d?b")]
    public async Task Takes_the_token_out_of_the_query(string target, string arrives)
    {
        await StartAsync(FromQuery);

        using var client = await _gateway.ConnectAsync(target.Replace("{t}", _issuer.Jwt(), StringComparison.Ordinal));

        Assert.Equal("hello", await client.EchoOfAsync("hello"));
        Assert.Equal(arrives, _service.Only.Target);
        Assert.Null(_service.Only["Authorization"]);
    }

    [Fact]
    public async Task Takes_the_token_out_of_the_sub_protocols_and_lets_the_service_choose_among_the_others()
    {
        await StartAsync(FromSubProtocol, http => AnswerAsync(http, "chat"));
        var token = _issuer.Jwt();

        using var client = await _gateway.ConnectAsync("/a", Offering("v0", "bearer", token, "chat"));

        Assert.Equal("hello", await client.EchoOfAsync("hello"));
        Assert.Equal("chat", client.SubProtocol);
        Assert.Equal("v0, chat", _service.Only["Sec-WebSocket-Protocol"]);
        Assert.DoesNotContain(_service.Only.Headers.Values, value => value.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_with_the_routes_sub_protocol_where_the_service_chooses_none()
    {
        await StartAsync(FromSubProtocol);

        using var client = await _gateway.ConnectAsync("/a", Offering("bearer", _issuer.Jwt()));

        Assert.Equal("bearer", client.SubProtocol); // a browser would give up without an answer to its offer
        Assert.Equal("hello", await client.EchoOfAsync("hello"));
        Assert.Null(_service.Only["Sec-WebSocket-Protocol"]);
    }

    [Theory]
    [InlineData(FromQuery, false, null)]
    [InlineData(FromSubProtocol, true, null)]
    [InlineData(""" "TokenFrom": { "Query": "access_token", "PassOn": true } """, false, "Bearer")]
    [InlineData(""" "TokenFrom": { "SubProtocol": "bearer", "PassOn": true } """, true, "Bearer")]
    public async Task Passes_the_token_on_as_a_header_only_where_the_route_says_so(string from, bool bySubProtocol, string? scheme)
    {
        await StartAsync(from);
        var token = _issuer.Jwt();

        using var client = bySubProtocol ? await _gateway.ConnectAsync("/a", Offering("bearer", token)) : await _gateway.ConnectAsync($"/a?access_token={token}");

        Assert.Equal(scheme is null ? null : $"{scheme} {token}", _service.Only["Authorization"]);
    }

    [Theory]
    [InlineData(FromQuery, "/a", "bearer")]
    [InlineData(FromSubProtocol, "/a?access_token={t}", null)]
    [InlineData("", "/a?access_token={t}", "bearer")]
    public async Task Looks_nowhere_else_than_where_the_route_says(string from, string target, string? marker)
    {
        await StartAsync(from);
        var token = _issuer.Jwt();

        var status = await _gateway.RefusedAsync(target.Replace("{t}", token, StringComparison.Ordinal), marker is null ? null : Offering(marker, token));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Empty(_service.Seen);
    }

    [Theory]
    [InlineData("/a?access_token=")]
    [InlineData("/a?access_token")]
    [InlineData("/a?access_token=garbage")]
    [InlineData("/a?access_token={t}&access_token=other")]
    [InlineData("/a?access_token={t}%0d%0aX-Admin:%201")]
    [InlineData("/a?access_token={expired}")]
    public async Task Refuses_a_token_that_is_not_good(string target)
    {
        await StartAsync(FromQuery);

        var status = await _gateway.RefusedAsync(target
            .Replace("{t}", _issuer.Jwt(), StringComparison.Ordinal)
            .Replace("{expired}", _issuer.Jwt(lifetime: TimeSpan.FromMinutes(-9)), StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Empty(_service.Seen);
    }

    [Theory]
    [InlineData(true, HttpStatusCode.SwitchingProtocols)]
    [InlineData(false, HttpStatusCode.Unauthorized)]
    public async Task Takes_a_header_beside_the_query_only_where_both_are_one_token(bool same, HttpStatusCode expected)
    {
        await StartAsync(FromQuery);
        var token = _issuer.Jwt();
        var request = Talk.Upgrade($"/a?access_token={(same ? token : _issuer.Jwt())}");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");

        using var answer = await _gateway.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/event-stream", HttpStatusCode.OK)]
    [InlineData("application/json", HttpStatusCode.Unauthorized)]
    public async Task Takes_it_for_streams_of_events_too_and_for_nothing_else(string accept, HttpStatusCode expected)
    {
        await StartAsync(FromQuery, http => http.Response.WriteAsync("data: 1\n\n"));
        var request = new HttpRequestMessage(HttpMethod.Get, $"/a?access_token={_issuer.Jwt()}&x=1") { Headers = { { "Accept", accept } } };

        using var answer = await _gateway.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        Assert.All(_service.Seen, seen => Assert.Equal("/d?x=1", seen.Target));
    }

    [Fact]
    public async Task Never_shows_the_service_the_parameter_whoever_sends_it_with_whatever_request()
    {
        await StartAsync(FromQuery);
        var request = new HttpRequestMessage(HttpMethod.Get, "/a?access_token=mine&x=1") { Headers = { { "Authorization", $"Bearer {_issuer.Jwt()}" } } };
        _service.Answer = _ => Task.CompletedTask;

        using var answer = await _gateway.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("/d?x=1", _service.Only.Target);
    }

    [Fact]
    public async Task No_line_of_the_gateways_log_holds_the_token()
    {
        var lines = new Lines();
        await StartAsync(""" "TokenFrom": { "Query": "access_token", "SubProtocol": "bearer" } """, Talk.EchoAsync, lines, """, "DelegatingHandlers": ["RequestLogging"] """);
        var (one, two) = (_issuer.Jwt(), _issuer.Jwt());

        using (var client = await _gateway.ConnectAsync($"/a?access_token={one}")) await client.EchoOfAsync("hello");
        using (var client = await _gateway.ConnectAsync("/a", Offering("bearer", two))) await client.EchoOfAsync("hello");
        await _gateway.RefusedAsync($"/a?access_token={one[..^3]}AAA");

        Assert.NotEmpty(lines.All);
        foreach (var secret in new[] { one.Split('.')[1], two.Split('.')[1] })
            Assert.DoesNotContain(lines.All, line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(""" "AuthenticationProviderKeys": ["Bearer"], "TokenFrom": {} """, "TokenFrom", "names no place")]
    [InlineData(""" "AuthenticationProviderKeys": ["Bearer"], "TokenFrom": { "PassOn": true } """, "TokenFrom", "names no place")]
    [InlineData(""" "AuthenticationProviderKeys": ["Bearer"], "TokenFrom": { "Query": "" } """, "TokenFrom", "names no place")]
    [InlineData(""" "AuthenticationProviderKeys": ["Bearer"], "TokenFrom": { "Query": "a&b" } """, "TokenFrom.Query", "no parameter")]
    [InlineData(""" "AuthenticationProviderKeys": ["Bearer"], "TokenFrom": { "SubProtocol": "two words" } """, "TokenFrom.SubProtocol", "no sub-protocol")]
    [InlineData(""" "TokenFrom": { "Query": "t" } """, "TokenFrom", "nobody is asked")]
    [InlineData(""" "AuthenticationProviderKeys": ["Bearer"], "AllowAnonymous": true, "TokenFrom": { "Query": "t" } """, "TokenFrom", "nobody is asked")]
    public async Task Refuses_a_section_that_would_not_do_what_it_says(string options, string path, string message)
    {
        await using var issuer = await TokenIssuer.StartAsync();

        var problems = await ConfigurationCheck.ProblemsOfRouteAsync($$""" "AuthenticationOptions": { {{options}} } """, settings: Schemes.Jwt(issuer));

        var error = Assert.Single(problems, p => p.Severity == Severity.Error);
        Assert.Equal($"Routes[0].AuthenticationOptions.{path}", error.Path);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_for_single_routes()
    {
        await using var issuer = await TokenIssuer.StartAsync();

        var problems = await ConfigurationCheck.ProblemsOfRouteAsync("\"Key\": \"a\"",
            """ "AuthenticationOptions": { "AuthenticationProviderKeys": ["Bearer"], "TokenFrom": { "Query": "t" } } """, settings: Schemes.Jwt(issuer));

        Assert.Equal(("GlobalConfiguration.AuthenticationOptions.TokenFrom", ProblemCodes.MisplacedKey), (problems.OnlyError().Path, problems.OnlyError().Code));
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null) await _gateway.DisposeAsync();
        if (_service is not null) await _service.DisposeAsync();
        if (_issuer is not null) await _issuer.DisposeAsync();
    }

    private async Task StartAsync(string from, RequestDelegate? answer = null, ILoggerProvider? log = null, string more = "")
    {
        _issuer = await TokenIssuer.StartAsync();
        _service = await StubService.StartAsync(answer ?? Talk.EchoAsync);
        _service.ReadsBodies = false;
        var options = from.Length > 0 ? $", {from}" : "";
        _gateway = await TestGateway.StartAsync(_service, "/a", "/d",
            $$""" "AuthenticationOptions": { "AuthenticationProviderKeys": ["Bearer"]{{options}} }{{more}} """, settings: Schemes.Jwt(_issuer),
            configure: services =>
            {
                if (log is null) return;
                services.AddSingleton(log);
                services.Configure<LoggerFilterOptions>(filter =>
                {
                    filter.MinLevel = LogLevel.Trace;
                    filter.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning); // as nlog.config has it
                });
            });
    }

    private static Action<ClientWebSocketOptions> Offering(params string[] subProtocols) => options =>
    {
        foreach (var name in subProtocols) options.AddSubProtocol(name);
    };

    private static async Task AnswerAsync(HttpContext http, string subProtocol)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync(subProtocol);
        await socket.SayAsync(await socket.HearAsync());
    }

    /// <summary>Keeps what the gateway itself writes, at any level, exceptions included.</summary>
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
