using System.Net;
using BenchmarkDotNet.Attributes;
using Gateway.Pipeline;
using Gateway.Runtime;

namespace Gateway.Benchmarks;

/// <summary>The step or the handler of each policy by itself, with nothing behind it.</summary>
public class Policies
{
    private const string RateLimit = """ "RateLimitOptions": { "EnableRateLimiting": true, "Period": "1h", "Limit": 1000000000 } """;
    private const string IpList = """ "SecurityOptions": { "IPAllowedList": [ "10.0.0.0/8", "192.168.0.0/16", "127.0.0.1" ], "IPBlockedList": [ "10.6.6.0/24" ] } """;
    private const string Headers = """
        "UpstreamHeaderTransform": { "X-From": "gateway", "X-Client": "{RemoteIpAddress}" },
        "DownstreamHeaderTransform": { "X-Served-By": "gateway", "Server": "nginx, gateway" }
        """;
    private const string Breaker = """ "QoSOptions": { "MinimumThroughput": 5, "BreakDuration": 2000 } """;
    private const string AttemptTimeout = """ "QoSOptions": { "Timeout": 3000 } """;
    private const string Cache = """ "CacheOptions": { "TtlSeconds": 3600 } """;
    private const string Logging = """ "DelegatingHandlers": [ "RequestLogging" ] """;
    private const string Mediation = """
        "Mediation": { "Response": { "Steps": [ { "Unwrap": "data" }, { "Remove": [ "..internal" ] }, { "Case": "camel" } ] } }
        """;

    private static readonly byte[] Body = [.. """{"data":{"Id":17,"Name":"Thing","internal":"x","Items":["""u8, .. Items(), .. "]}}"u8];

    private readonly CompiledGateway _gateway = new();
    private Exchange _exchange = null!;
    private IRouteStep _rateLimit = null!, _ipList = null!, _requestHeaders = null!;
    private IResponseTransform _responseHeaders = null!;
    private HttpMessageInvoker _nothing = null!, _breaker = null!, _timeout = null!, _cache = null!, _logging = null!, _mediation = null!;
    private HttpResponseMessage _answer = null!;

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        _exchange = CompiledGateway.ExchangeOf(_gateway.Compile(Documents.Route("")), _gateway.Request("/s0/items/17", "User-Agent", "bench"));
        _exchange.Http.Response.Headers.Server = "nginx";
        _answer = Answers.Make(Body);
        _rateLimit = Step(RateLimit);
        _ipList = Step(IpList);
        _requestHeaders = Step(Headers);
        _responseHeaders = _gateway.Build(Documents.Route(Headers)).ResponseTransforms[0];
        _nothing = new HttpMessageInvoker(new Answers(Body));
        _breaker = Handlers(Breaker);
        _timeout = Handlers(AttemptTimeout);
        _cache = Handlers(Cache);
        _logging = Handlers(Logging);
        _mediation = Handlers(Mediation);
        await Cache_hit(); // the first fills it
    }

    [GlobalCleanup]
    public async Task EndAsync() => await _gateway.DisposeAsync();

    [Benchmark]
    public Task Rate_limit() => _rateLimit.InvokeAsync(_exchange, static _ => Task.CompletedTask);

    [Benchmark]
    public Task Ip_list() => _ipList.InvokeAsync(_exchange, static _ => Task.CompletedTask);

    [Benchmark]
    public Task Request_headers() => _requestHeaders.InvokeAsync(_exchange, static _ => Task.CompletedTask);

    [Benchmark]
    public void Response_headers() => _responseHeaders.Apply(_exchange, _answer);

    /// <summary>What the rows of handlers below all hold: a request, an answer, and the reading of its kilobyte.</summary>
    [Benchmark]
    public Task<int> A_call_without_handlers() => CallAsync(_nothing);

    [Benchmark]
    public Task<int> Breaker_and_call() => CallAsync(_breaker);

    [Benchmark]
    public Task<int> Attempt_timeout_and_call() => CallAsync(_timeout);

    [Benchmark]
    public Task<int> Cache_hit() => CallAsync(_cache);

    [Benchmark]
    public Task<int> Logging_and_call() => CallAsync(_logging);

    [Benchmark]
    public Task<int> Mediation_and_call() => CallAsync(_mediation);

    private async Task<int> CallAsync(HttpMessageInvoker handlers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1:9/items/17");
        request.Attach(_exchange);
        using var answer = await handlers.SendAsync(request, CancellationToken.None);
        if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"Answered {answer.StatusCode}.");
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }

    private IRouteStep Step(string members) => _gateway.Build(Documents.Route(members)).Steps.Single();

    private HttpMessageInvoker Handlers(string members)
    {
        var route = _gateway.Build(Documents.Route(members));
        HttpMessageHandler chain = new Answers(Body);
        foreach (var make in route.InnerHandlers.Reverse().Concat(route.Handlers.Reverse()))
        {
            var handler = make(_gateway.Services);
            handler.InnerHandler = chain;
            chain = handler;
        }
        return chain is DelegatingHandler ? new HttpMessageInvoker(chain) : throw new InvalidOperationException("The route has no handlers.");
    }

    private static byte[] Items() => System.Text.Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 20).Select(i => $$"""{"ItemId":{{i}},"internal":1,"Text":"abcdefgh"}""")));
}
