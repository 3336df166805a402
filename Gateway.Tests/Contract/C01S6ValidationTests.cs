using Gateway.Configuration;
using Gateway.Tests.Support;

namespace Gateway.Tests.Contract;

/// <summary>
/// Contract 01 §1 and §6, as 00 amends them: which documents start, and where the others are refused. <c>[/a more]</c> is a whole route with
/// further members, <c>H</c> inside it a list of hosts.
/// </summary>
public sealed class C01S6ValidationTests
{
    private const string Started = "starts";

    [Theory]
    [InlineData("""{}""", Started)]
    [InlineData("""{ "Routes": [] }""", Started)]
    [InlineData("""{ "ROUTES": [ [/a] ], }""", Started)] // any case, trailing commas
    [InlineData("""{ /* remark */ "Routes": null, "Aggregates": {} }""", Started)]
    [InlineData("""{ "Routes": [ [/a "Timeout": "5", "RouteIsCaseSensitive": "TRUE", "Priority": "2"] ] }""", Started)]
    [InlineData("""{ "Routes": [ [/a "Timeout": null, "UpstreamHttpMethod": null, "QoSOptions": {}, "CacheOptions": null, "DelegatingHandlers": []] ] }""", Started)]
    [InlineData("""{ "Routes": [ [/a "Timeout": "abc"], [/b] ] }""", "Routes[0].Timeout")] // Ocelot loses the route
    [InlineData("""{ "Routes": [ [/a "RouteIsCaseSensitive": "yes"] ] }""", "Routes[0].RouteIsCaseSensitive")]
    [InlineData("""{ "Routes": [ [/a "Priority": "x"] ] }""", "Routes[0].Priority")]
    [InlineData("""{ "Routes": [ [/a "QoSOptions": { "Timeout": 1.5 }] ] }""", "Routes[0].QoSOptions.Timeout")]
    [InlineData("""{ "Routes": [ { "UpstreamPathTemplate": "/a", "DownstreamPathTemplate": "/a", "DownstreamHostAndPorts": [ { "Host": "a", "Port": "x" }, { "Host": "b", "Port": 2 } ] } ] }""", "Routes[0].DownstreamHostAndPorts[0].Port")]
    [InlineData("""{ "Routes": { "0": [/a] } }""", "Routes")] // 00: arrays written as objects
    [InlineData("""{ "GlobalConfiguration": { "Timeout": "abc" } }""", "GlobalConfiguration.Timeout")]
    [InlineData("""{ "Routes": [ [/a "Timeout": 0] ] }""", "Routes[0].Timeout")] // 00; Ocelot takes its default
    [InlineData("""{ "Routes": [ [/a "Timeout": -1] ] }""", "Routes[0].Timeout")]
    [InlineData("""{ "ReRoutes": [ [/a] ] }""", "ReRoutes")]
    [InlineData("""{ "Routes": [ { "UpstreamPathTemplate": "/a", "DownstreamHostAndPorts": [ H ] } ] }""", "Routes[0].DownstreamPathTemplate")] // rule 1
    [InlineData("""{ "Routes": [ { "DownstreamPathTemplate": "/a", "DownstreamHostAndPorts": [ H ] } ] }""", "Routes[0].UpstreamPathTemplate")]
    [InlineData("""{ "Routes": [ { "UpstreamPathTemplate": "", "DownstreamPathTemplate": "/a", "DownstreamHostAndPorts": [ H ] } ] }""", "Routes[0].UpstreamPathTemplate")]
    [InlineData("""{ "Routes": [ { "UpstreamPathTemplate": "a", "DownstreamPathTemplate": "/a", "DownstreamHostAndPorts": [ H ] } ] }""", "Routes[0].UpstreamPathTemplate")] // rule 2
    [InlineData("""{ "Routes": [ [/a//b] ] }""", "Routes[0].UpstreamPathTemplate")]
    [InlineData("""{ "Routes": [ [/http://a] ] }""", "Routes[0].UpstreamPathTemplate")]
    [InlineData("""{ "Routes": [ [/{x}/{x}] ] }""", "Routes[0].UpstreamPathTemplate")] // rule 3
    [InlineData("""{ "Routes": [ { "UpstreamPathTemplate": "/a", "DownstreamPathTemplate": "http://a/b", "DownstreamHostAndPorts": [ H ] } ] }""", "Routes[0].DownstreamPathTemplate")]
    [InlineData("""{ "Routes": [ { "UpstreamPathTemplate": "/a", "DownstreamPathTemplate": "/a" } ] }""", "Routes[0].DownstreamHostAndPorts")] // rule 4
    [InlineData("""{ "Routes": [ { "UpstreamPathTemplate": "/a", "DownstreamPathTemplate": "/a", "DownstreamHostAndPorts": [ { "Host": "", "Port": 1 } ] } ] }""", "Routes[0].DownstreamHostAndPorts[0].Host")]
    [InlineData("""{ "Routes": [ [/a], [/a] ] }""", "Routes[1].UpstreamPathTemplate")] // rule 7
    [InlineData("""{ "Routes": [ [/a "UpstreamHttpMethod": [ "Get" ]], [/a "UpstreamHttpMethod": [ "GET", "Put" ]] ] }""", "Routes[1].UpstreamPathTemplate")]
    [InlineData("""{ "Routes": [ [/a "UpstreamHttpMethod": [ "Get" ]], [/a "UpstreamHttpMethod": [ "Put" ]] ] }""", Started)]
    [InlineData("""{ "Routes": [ [/a "UpstreamHttpMethod": [ "Get" ]], [/a] ] }""", "Routes[1].UpstreamPathTemplate")]
    [InlineData("""{ "Routes": [ [/a "UpstreamHost": "x"], [/a "UpstreamHost": "y"] ] }""", Started)]
    [InlineData("""{ "Routes": [ [/a "UpstreamHost": null], [/a "UpstreamHost": ""] ] }""", Started)]
    [InlineData("""{ "Routes": [ [/a "UpstreamHeaderTemplates": { "v": "1" }], [/a] ] }""", Started)]
    [InlineData("""{ "Routes": [ [/a], [/A] ] }""", Started)] // the first wins
    [InlineData("""{ "Routes": [ [/a "Key": "k"], [/b "Key": "k"] ] }""", Started)] // a group
    [InlineData("""{ "Routes": [ [/a "UpstreamHttpMethod": [ "Get" ], "Key": "k"] ], "Aggregates": [ { "UpstreamPathTemplate": "/a", "RouteKeys": [ "k" ] } ] }""", "Aggregates[0].UpstreamPathTemplate")] // rule 8
    [InlineData("""{ "Routes": [ [/a "Key": "k"] ], "Aggregates": [ { "UpstreamPathTemplate": "/a", "RouteKeys": [ "k" ] } ] }""", Started)]
    [InlineData("""{ "Routes": [ [/a "Key": "k"] ], "Aggregates": [ { "UpstreamPathTemplate": "/b", "RouteKeys": [ "k" ] }, { "UpstreamPathTemplate": "/b", "RouteKeys": [ "k" ] } ] }""", "Aggregates[1].UpstreamPathTemplate")] // rule 9
    [InlineData("""{ "Routes": [ [/a "Key": "k"] ], "Aggregates": [ { "UpstreamPathTemplate": "/b", "RouteKeys": [ "k", "l" ] } ] }""", "Aggregates[0].RouteKeys[1]")] // rule 10
    [InlineData("""{ "Routes": [ [/a "Key": "k"], [/b "Key": "k"] ], "Aggregates": [ { "UpstreamPathTemplate": "/c", "RouteKeys": [ "k" ] } ] }""", "Aggregates[0].RouteKeys[0]")]
    [InlineData("""{ "Routes": [ [/a "Key": "k", "RequestIdKey": "X"], [/b "Key": "l"] ], "Aggregates": [ { "UpstreamPathTemplate": "/c", "RouteKeys": [ "k", "l" ] } ] }""", "Aggregates[0].RouteKeys[0]")] // rule 11
    [InlineData("""{ "Routes": [ [/a "Key": "k"] ], "Aggregates": [ { "RouteKeys": [ "k" ] } ] }""", "Aggregates[0].UpstreamPathTemplate")]
    [InlineData("""{ "Aggregates": [ { "UpstreamPathTemplate": "/c", "RouteKeys": [] } ] }""", Started)]
    [InlineData("""{ "Routes": [ [/a "Key": "k"], [/b "Key": "l"] ], "Aggregates": [ { "UpstreamPathTemplate": "/c", "RouteKeys": [ "k", "l" ], "RouteKeysConfig": [ { "RouteKey": "l", "JsonPath": "$.x" } ] } ] }""", "Aggregates[0].RouteKeysConfig[0]")]
    [InlineData("""{ "Routes": [ [/a "QoSOptions": { "BreakDuration": 1000 }] ] }""", Started)] // rule 12 has no meaning: the engine is there
    [InlineData("""{ "Routes": [ [/a "AuthenticationOptions": { "AuthenticationProviderKey": "B" }] ] }""", "Routes[0].AuthenticationOptions.AuthenticationProviderKey")] // rule 13
    [InlineData("""{ "Routes": [ [/a "RateLimitOptions": { "Limit": 0, "Period": "1s" }] ] }""", "Routes[0].RateLimitOptions.Limit")] // rule 14
    [InlineData("""{ "Routes": [ [/a "RateLimitOptions": { "Limit": 1, "Period": "1x" }] ] }""", "Routes[0].RateLimitOptions.Period")]
    [InlineData("""{ "Routes": [ [/a "RateLimitOptions": { "Limit": 1, "Period": "333.5" }] ] }""", "Routes[0].RateLimitOptions.Period")]
    [InlineData("""{ "Routes": [ [/a "RateLimitOptions": { "Limit": 1, "Period": "1 s" }] ] }""", "Routes[0].RateLimitOptions.Period")]
    [InlineData("""{ "Routes": [ [/a "RateLimitOptions": { "Limit": 1, "Period": "1mm" }] ] }""", "Routes[0].RateLimitOptions.Period")] // 500 for each request there
    [InlineData("""{ "Routes": [ [/a "RateLimitOptions": { "Limit": 1 }] ], "GlobalConfiguration": { "RateLimitOptions": { "Period": "1m" } } }""", Started)] // 06 T7; refused there
    [InlineData("""{ "Routes": [ [/a "DownstreamHttpVersion": "2"] ] }""", Started)] // rule 15: means 1.1
    [InlineData("""{ "Routes": [ [/a "DownstreamHttpVersion": "2,0"] ] }""", Started)]
    [InlineData("""{ "Routes": [ [/a "DownstreamHttpVersion": "two"] ] }""", "Routes[0].DownstreamHttpVersion")]
    [InlineData("""{ "Routes": [ [/a "DownstreamHttpVersionPolicy": "Exactly"] ] }""", "Routes[0].DownstreamHttpVersionPolicy")] // rule 16
    [InlineData("""{ "Routes": [ [/a "DownstreamHttpVersionPolicy": "", "DownstreamHttpVersion": "", "Key": "", "ServiceName": "", "LoadBalancerOptions": { "Type": "" }] ] }""", Started)] // §1: empty is not written
    [InlineData("""{ "Routes": [ [/a "UpstreamHttpMethod": [ "" ]] ] }""", "Routes[0].UpstreamHttpMethod[0]")]
    [InlineData("""{ "Routes": [ [/a "UpstreamHttpMethod": [ "GET POST" ]] ] }""", "Routes[0].UpstreamHttpMethod")]
    [InlineData("""{ "Routes": [ [/x(] ] }""", Started)] // 00: letters are letters
    [InlineData("""{ "Routes": [ [/x/{a] ] }""", "Routes[0].UpstreamPathTemplate")]
    [InlineData("""{ "Routes": [ [/{product-id}/{a.b}] ] }""", Started)] // 00; 500 for each match there
    [InlineData("""{ "Routes": [ [/a "DownstreamScheme": "ftp"] ] }""", "Routes[0].DownstreamScheme")] // 500 for each request there
    [InlineData("""{ "Routes": [ [/a "LoadBalancerOptions": { "Type": "Roundabout" }] ] }""", "Routes[0].LoadBalancerOptions.Type")]
    [InlineData("""{ "Routes": [ [/a "LoadBalancerOptions": { "Type": "roundrobin" }] ] }""", Started)]
    public async Task Starts_or_tells_why_not(string document, string expected)
    {
        var errors = (await ConfigurationCheck.ProblemsAsync(Written(document))).Where(p => p.Severity == Severity.Error).Select(p => p.Path).ToList();

        if (expected == Started) Assert.Empty(errors);
        else Assert.Contains(expected, errors);
    }

    private static string Written(string document)
    {
        for (int open; (open = document.IndexOf("[/", StringComparison.Ordinal)) >= 0;)
        {
            var close = Closing(document, open);
            var (path, more) = document[(open + 1)..close].Split(' ', 2) is [var first, var rest] ? (first, ", " + rest) : (document[(open + 1)..close], "");
            var scheme = more.Contains("DownstreamScheme", StringComparison.Ordinal) ? "" : """, "DownstreamScheme": "http" """;
            document = $$"""{{document[..open]}}{ "UpstreamPathTemplate": "{{path}}", "DownstreamPathTemplate": "/d"{{scheme}}, "DownstreamHostAndPorts": [ H ]{{more}} }{{document[(close + 1)..]}}""";
        }
        return document.Replace("[ H ]", """[ { "Host": "a.example", "Port": 80 } ]""", StringComparison.Ordinal);
    }

    private static int Closing(string text, int open)
    {
        var depth = 0;
        for (var i = open; ; i++)
        {
            if (text[i] == '[') depth++;
            if (text[i] == ']' && --depth == 0) return i;
        }
    }
}
