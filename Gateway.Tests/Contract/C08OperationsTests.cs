using Gateway.Features.DelegatingHandlers;
using Gateway.Tests.Features.Authentication;
using Gateway.Tests.Support;

namespace Gateway.Tests.Contract;

/// <summary>Contract 08: the order of steps and handlers, and what a browser sees of CORS, as far as a client or a service can observe them.</summary>
public sealed class C08OperationsTests(C08OperationsTests.Setup setup) : IClassFixture<C08OperationsTests.Setup>
{
    [Theory] // §3: registered HG1 and HG2 for every route, HA and HC for those that name them
    [InlineData("/h/listed", "HG1 HC HA HG2")]
    [InlineData("/h/absent", "HG1 HG2")]
    [InlineData("/h/one", "HG1 HG2 HA")]
    [InlineData("/h/globals", "HG2 HG1")]
    [InlineData("/h/twice", "HG1 HG2 HA HC")]
    public async Task Handlers_run_in_this_order(string target, string expected) => Assert.Equal(expected, (await setup.AskAsync(target)).Sent("Seen"));

    [Theory] // 04 §3: what becomes of an exception in a handler
    [InlineData("/h/timeout", 503)]
    [InlineData("/h/cancel", 503)] // the client is still there
    [InlineData("/h/http", 502)]
    [InlineData("/h/other", 500)]
    public async Task A_handler_that_throws_is_a(string target, int status) => Assert.Equal(status, (await setup.AskAsync(target)).Status);

    [Theory] // §1.1: what is in front of what
    [InlineData("/order/all | Host: a", "403")] // IP lists before limits and tokens
    [InlineData("/order/limit", "401 429")] // a request without a token counts
    [InlineData("/order/cached", "401 401")] // a kept answer needs a token too
    public async Task Steps_run_in_this_order(string row, string statuses) =>
        Assert.Equal(statuses, await setup.StatusesAsync(Enumerable.Repeat(row, statuses.Split(' ').Length)));

    [Theory] // §11
    [InlineData("OPTIONS /cors/get", "404")]
    [InlineData("OPTIONS /cors/options", "OPTIONS /d")] // without a token
    [InlineData("OPTIONS /cors/limited | Origin: http://x | Access-Control-Request-Method: GET", "OPTIONS /d")] // 00 Rate limit; Ocelot 503
    public async Task A_preflight_goes_to_the_service(string row, string expected) => Assert.Equal(expected, await setup.SeenAsync(row));

    [Theory] // §9.2 and §9.3
    [InlineData("/h/absent | RequestId: 1", "RequestId", "1")]
    [InlineData("/h/absent", "RequestId", null)]
    [InlineData("/h/absent | tracestate: a=1 | traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate", "a=1")]
    public async Task The_service_is_told(string row, string header, string? expected) => Assert.Equal(expected, (await setup.AskAsync(row)).Sent(header));

    public sealed class Setup : ContractSetup
    {
        protected override IEnumerable<string> Routes =>
        [
            Handlers("/h/listed", "\"HC\", \"HA\", \"HG2\""),
            Route("/h/absent", "/d"),
            Handlers("/h/one", "\"HA\""),
            Handlers("/h/globals", "\"HG2\", \"HG1\""),
            Handlers("/h/twice", "\"HA\", \"HC\", \"HA\""),
            Handlers("/h/timeout", "\"TimesOut\""),
            Handlers("/h/cancel", "\"Cancels\""),
            Handlers("/h/http", "\"Disconnects\""),
            Handlers("/h/other", "\"Fails\""),
            Route("/order/all", "/d", AuthenticatedRequests.ByBearer + """
                , "RateLimitOptions": { "Limit": 1, "Period": "1h" }, "SecurityOptions": { "IPBlockedList": [ "127.0.0.1" ] }
                """),
            Route("/order/limit", "/d", AuthenticatedRequests.ByBearer + """, "RateLimitOptions": { "Limit": 1, "Period": "1h" } """),
            Route("/order/cached", "/d", AuthenticatedRequests.ByBearer + """, "CacheOptions": { "TtlSeconds": 60 } """),
            Route("/cors/get", "/d", """ "UpstreamHttpMethod": [ "Get" ] """),
            Route("/cors/options", "/d", AuthenticatedRequests.ByBearer + """, "UpstreamHttpMethod": [ "Get", "Options" ] """),
            Route("/cors/limited", "/d", """ "RateLimitOptions": { "Limit": 1, "Period": "1h" } """),
        ];

        private protected override IEnumerable<(string Key, string Value)> SettingsOf(TokenIssuer issuer) => Schemes.Jwt(issuer);

        protected override void Configure(IServiceCollection services) => services
            .AddDelegatingHandler<HG1>(global: true).AddDelegatingHandler<HG2>(global: true).AddDelegatingHandler<HA>().AddDelegatingHandler<HC>()
            .AddDelegatingHandler<TimesOut>().AddDelegatingHandler<Cancels>().AddDelegatingHandler<Disconnects>().AddDelegatingHandler<Fails>();

        private static string Handlers(string path, string names) => Route(path, "/d", $$""" "DelegatingHandlers": [ {{names}} ] """);
    }

    internal abstract class Telling : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var before = request.Headers.TryGetValues("Seen", out var values) ? $"{string.Join(' ', values)} " : "";
            request.Headers.Remove("Seen");
            request.Headers.Add("Seen", before + GetType().Name);
            return base.SendAsync(request, cancellationToken);
        }
    }

    internal sealed class HG1 : Telling;

    internal sealed class HG2 : Telling;

    internal sealed class HA : Telling;

    internal sealed class HC : Telling;

    internal abstract class Throwing(Exception exception) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw exception;
    }

    internal sealed class TimesOut() : Throwing(new TimeoutException());

    internal sealed class Cancels() : Throwing(new OperationCanceledException());

    internal sealed class Disconnects() : Throwing(new HttpRequestException("no"));

    internal sealed class Fails() : Throwing(new InvalidOperationException());
}
