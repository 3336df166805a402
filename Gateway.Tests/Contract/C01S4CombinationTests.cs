namespace Gateway.Tests.Contract;

/// <summary>Contract 01 §4 and 06 §0: a route's section and the global one, in and out of the group that <c>RouteKeys</c> names.</summary>
public sealed class C01S4CombinationTests(C01S4CombinationTests.Setup setup) : IClassFixture<C01S4CombinationTests.Setup>
{
    [Theory] // the global rule: one request in an hour
    [InlineData("/l/in/absent", "200 429 429")]
    [InlineData("/l/in/limit", "200 200 429")] // the route's limit, the global period
    [InlineData("/l/in/period", "200 429 429")]
    [InlineData("/l/in/empty", "200 429 429")] // {} is as good as not written
    [InlineData("/l/in/off", "200 200 200")]
    [InlineData("/l/in/status", "200 418 418")]
    [InlineData("/l/out/absent", "200 200 200")]
    [InlineData("/l/out/limit", "200 200 429")] // built-in defaults for the rest
    [InlineData("/l/none/absent", "200 200 200")] // a route without a Key is in no group
    [InlineData("/l/case/absent", "200 200 200")] // keys have case
    [InlineData("/l/in/twin", "200 429 429")] // two routes of one Key: both are in the group, each counts for itself
    [InlineData("/l/in/twin2", "200 429 429")]
    public async Task Limits(string target, string statuses) => Assert.Equal(statuses, await setup.StatusesAsync(target, target, target));

    [Theory] // the global section: 60 seconds, told apart by X-Global
    [InlineData("/c/in/absent", "X-Global", false)]
    [InlineData("/c/in/absent", "X-Route", true)]
    [InlineData("/c/in/header", "X-Route", false)] // the route's header, the global time
    [InlineData("/c/in/header", "X-Global", true)]
    [InlineData("/c/in/zero", "X-Other", false)] // 0 switches it off
    [InlineData("/c/out/absent", "X-Other", false)]
    [InlineData("/c/out/own", "OC-Cache-Control", false)]
    [InlineData("/c/out/own", "X-Other", true)]
    public async Task Keeps(string path, string header, bool isShared)
    {
        var target = $"{path}?{header}";
        await setup.AskAsync($"{target} | {header}: 1 | X-Id: 1");

        Assert.Equal(isShared ? "1" : "2", (await setup.AskAsync($"{target} | {header}: 2 | X-Id: 2")).Sent("X-Id"));
    }

    [Theory] // the global section: two failures, ten minutes
    [InlineData("/q/in/absent", "500 500 503 503")]
    [InlineData("/q/in/three", "500 500 500 503")] // the route's number, the global break
    [InlineData("/q/out/absent", "500 500 500 500")]
    [InlineData("/q/out/break", "500 500 500 500")] // a break alone switches nothing on
    public async Task Breaks(string target, string statuses) => Assert.Equal(statuses, await setup.StatusesAsync(target, target, target, target));

    [Theory] // global entries are for the headers that the route does not list
    [InlineData("/h/absent", "X-One", "global")]
    [InlineData("/h/own", "X-One", "route")]
    [InlineData("/h/own", "X-Two", "global")]
    public async Task Adds(string target, string header, string expected) => Assert.Equal(expected, (await setup.AskAsync(target)).Sent(header));

    [Theory]
    [InlineData("/rid/absent | X-Rid: a", "X-Rid", "a")]
    [InlineData("/rid/own | X-Rid: a", "X-Own", "a")]
    public async Task Names_the_request(string row, string header, string expected) => Assert.Equal(expected, (await setup.AskAsync(row)).Sent(header));

    public sealed class Setup : ContractSetup
    {
        protected override string Global => """
            "RateLimitOptions": { "Limit": 1, "Period": "1h", "RouteKeys": [ "limits" ] },
            "CacheOptions": { "TtlSeconds": 60, "Header": "X-Global", "RouteKeys": [ "caches" ] },
            "QoSOptions": { "MinimumThroughput": 2, "BreakDuration": 600000, "RouteKeys": [ "breaks" ] },
            "UpstreamHeaderTransform": { "X-One": "global", "X-Two": "global" },
            "RequestIdKey": "X-Rid"
            """;

        protected override IEnumerable<string> Routes =>
        [
            Of("/l/in/absent", "limits"),
            Of("/l/in/limit", "limits", """ "RateLimitOptions": { "Limit": 2 } """),
            Of("/l/in/period", "limits", """ "RateLimitOptions": { "Period": "1d" } """),
            Of("/l/in/empty", "limits", """ "RateLimitOptions": {} """),
            Of("/l/in/off", "limits", """ "RateLimitOptions": { "EnableRateLimiting": false } """),
            Of("/l/in/status", "limits", """ "RateLimitOptions": { "StatusCode": 418 } """),
            Of("/l/in/twin", "limits"),
            Of("/l/in/twin2", "limits"),
            Of("/l/out/absent", "other"),
            Of("/l/out/limit", "other", """ "RateLimitOptions": { "Limit": 2, "Period": "1h" } """),
            Route("/l/none/absent", "/d"),
            Of("/l/case/absent", "Limits"),
            Of("/c/in/absent", "caches"),
            Of("/c/in/header", "caches", """ "CacheOptions": { "Header": "X-Route" } """),
            Of("/c/in/zero", "caches", """ "CacheOptions": { "TtlSeconds": 0 } """),
            Of("/c/out/absent", "other"),
            Of("/c/out/own", "other", """ "CacheOptions": { "TtlSeconds": 60 } """),
            Failing("/q/in/absent", "breaks"),
            Failing("/q/in/three", "breaks", """ "QoSOptions": { "MinimumThroughput": 3 } """),
            Failing("/q/out/absent", "other"),
            Failing("/q/out/break", "other", """ "QoSOptions": { "BreakDuration": 600000 } """),
            Of("/h/absent", "other"),
            Of("/h/own", "other", """ "UpstreamHeaderTransform": { "X-One": "route" } """),
            Of("/rid/absent", "other"),
            Of("/rid/own", "other", """ "RequestIdKey": "X-Own" """),
        ];

        private static string Of(string path, string key, string more = "") => Route(path, "/d", $"\"Key\": \"{key}\"{(more.Length > 0 ? "," + more : "")}");

        private static string Failing(string path, string key, string more = "") => Of(path, key, more).Replace("\"/d\"", "\"/status/500\"", StringComparison.Ordinal);
    }
}
