using System.Globalization;
using System.Text;
using Gateway.Configuration;

namespace Gateway.Benchmarks;

/// <summary>Documents to compile.</summary>
internal static class Documents
{
    /// <summary>So many routes <c>/s0/items/{id}</c>, <c>/s1/items/{id}</c>, …, all to one service.</summary>
    public static byte[] Table(int routes)
    {
        var text = new StringBuilder("{ \"Routes\": [");
        for (var i = 0; i < routes; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                {{(i == 0 ? "" : ",")}}
                {
                  "UpstreamPathTemplate": "/s{{i}}/items/{id}",
                  "UpstreamHttpMethod": [ "GET" ],
                  "DownstreamPathTemplate": "/items/{id}",
                  "DownstreamScheme": "http",
                  "DownstreamHostAndPorts": [ { "Host": "127.0.0.1", "Port": 9 } ]
                }
                """);
        }
        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }

    /// <summary>One route with further members.</summary>
    public static byte[] Route(string members, string upstream = "/s0/items/{id}", string downstream = "/items/{id}") => Encoding.UTF8.GetBytes($$"""
        { "Routes": [ {
          "UpstreamPathTemplate": "{{upstream}}", "DownstreamPathTemplate": "{{downstream}}", "DownstreamScheme": "http",
          "DownstreamHostAndPorts": [ { "Host": "127.0.0.1", "Port": 9 } ]{{(members.Length == 0 ? "" : $", {members}")}}
        } ] }
        """);

    /// <exception cref="InvalidOperationException">It has faults.</exception>
    public static ObjectNode Parse(byte[] json)
    {
        var problems = new ProblemList();
        return DocumentParser.Parse(json, "ocelot.json", problems) as ObjectNode ?? throw new InvalidOperationException(string.Join('\n', problems));
    }
}
