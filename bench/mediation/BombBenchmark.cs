using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Gateway.Benchmarks.Mediation;

/// <summary>Sends bodies that are made to hurt, as requests and as answers, and tells the status and how far they have driven the gateway's memory up.</summary>
internal static class BombBenchmark
{
    // Each bomb so often, four at a time: what one leaves behind shows when many have come.
    private const int Times = 16;
    private const int AtOnce = 4;

    private const string Streaming = """[ { "Remove": [ "..secret" ] }, { "Case": "camel" } ]""";
    private const string Buffered = """[ { "Expr": { "sum": "sum(n)" } } ]""";
    private const string Xml = """[ { "Format": { "From": "xml" } } ]""";

    private static readonly Bomb[] Bombs =
    [
        new("depth, 4 MB of [", Streaming, Repeat("[", 4_000_000)),
        new("width, 400,000 members", Streaming, $"{{{string.Join(',', Enumerable.Range(0, 400_000).Select(i => $"\"m{i}\":1"))}}}"),
        new("duplicate names, 500,000 times one", Streaming, $"{{{Repeat("\"a\":1,", 500_000)}\"a\":1}}"),
        new("a text of 60 MB", Streaming, $"{{\"a\":\"{Repeat("x", 60_000_000)}\"}}"),
        new("a name of 4 MB", Streaming, $"{{\"{Repeat("x", 4_000_000)}\":1}}"),
        new("a number of 4 MB", Streaming, $"{{\"a\":{Repeat("9", 4_000_000)}}}"),
        new("giant exponents", Buffered, """{"n":[1e999999999,1e-999999999]}"""),
        new("gzip, 100 MB of spaces in 100 KB", Streaming, Repeat(" ", 100_000_000) + "1") { IsPacked = true },
        new("XML entities that laugh", Xml, Laughs()),
        new("XML, 100,000 elements deep", Xml, Repeat("<a>", 100_000) + Repeat("</a>", 100_000)),
        new("XML, 1,000,000 elements wide", Xml, $"<r>{Repeat("<a/>", 1_000_000)}</r>"),
        new("invalid UTF-8", Streaming, "{\"a\":\"\u00ff\"}"),
        new("truncated", Streaming, """{"a":[1,2"""),
    ];

    public static async Task RunAsync()
    {
        var bodies = Bombs.Select(b => b.Bytes()).ToArray();
        await using var gateway = await GatewayProcess.StartAsync(
            async http =>
            {
                if (HttpMethods.IsPost(http.Request.Method)) return;
                var index = int.Parse(http.Request.Path.Value![1..], System.Globalization.CultureInfo.InvariantCulture);
                http.Response.ContentType = Bombs[index].Type;
                if (Bombs[index].IsPacked) http.Response.Headers.ContentEncoding = "gzip";
                await http.Response.Body.WriteAsync(bodies[index]);
            },
            port => $"{{ \"Routes\": [ {string.Join(',', Bombs.Select((b, i) => Route(port, i, b)))} ], \"GlobalConfiguration\": {{}} }}");
        for (var warm = 0; warm < 50; warm++) await SendAsync(gateway, Bombs.Length - 1, bodies[^1], isRequest: warm % 2 == 0);

        Console.WriteLine("| Bomb | Bytes | As a request | Memory up by | As an answer | Memory up by |");
        Console.WriteLine("|---|---|---|---|---|---|");
        for (var i = 0; i < Bombs.Length; i++)
        {
            var request = await ThrowAsync(gateway, i, bodies[i], isRequest: true);
            var answer = await ThrowAsync(gateway, i, bodies[i], isRequest: false);
            Console.WriteLine($"| {Bombs[i].Name} | {bodies[i].Length:N0} | {request.Status} | {request.Megabytes:N1} MB | {answer.Status} | {answer.Megabytes:N1} MB |");
        }
        Console.WriteLine();
    }

    private static string Route(int port, int index, Bomb bomb) => $$"""
        { "UpstreamPathTemplate": "/{{index}}", "DownstreamPathTemplate": "/{{index}}", "DownstreamScheme": "http", "UpstreamHttpMethod": [ "Get", "Post" ],
          "DownstreamHostAndPorts": [ { "Host": "127.0.0.1", "Port": {{port}} } ],
          "Mediation": { "Request": { "Steps": {{bomb.Steps}} }, "Response": { "Steps": {{bomb.Steps}} } } }
        """;

    private static async Task<(string Status, double Megabytes)> ThrowAsync(GatewayProcess gateway, int index, byte[] body, bool isRequest)
    {
        var before = gateway.Memory("VmRSS");
        gateway.ForgetHighest();
        var seen = new HashSet<string>();
        for (var sent = 0; sent < Times; sent += AtOnce)
            foreach (var status in await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => SendAsync(gateway, index, body, isRequest)))) seen.Add(status);
        return (string.Join(" or ", seen.Order(StringComparer.Ordinal)), Math.Max(0, gateway.Memory("VmHWM") - before) / 1024.0);
    }

    private static async Task<string> SendAsync(GatewayProcess gateway, int index, byte[] body, bool isRequest)
    {
        using var request = new HttpRequestMessage(isRequest ? HttpMethod.Post : HttpMethod.Get, new Uri($"/{index}", UriKind.Relative));
        if (isRequest)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(Bombs[index].Type);
            if (Bombs[index].IsPacked) request.Content.Headers.ContentEncoding.Add("gzip");
        }
        try
        {
            using var answer = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            await using var stream = await answer.Content.ReadAsStreamAsync();
            await stream.CopyToAsync(Stream.Null);
            return ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // An upload that is refused in its midst may meet the end of the connection before it meets the answer.
            return "cut";
        }
    }

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static string Laughs() =>
        $"<!DOCTYPE a [<!ENTITY e0 \"ha\">{string.Concat(Enumerable.Range(1, 20).Select(i => $"<!ENTITY e{i} \"&e{i - 1};&e{i - 1};&e{i - 1};&e{i - 1};\">"))}]><a>&e20;</a>";

    private sealed record Bomb(string Name, string Steps, string Text)
    {
        public bool IsPacked { get; init; }

        public string Type => Steps == Xml ? "application/xml" : "application/json";

        public byte[] Bytes()
        {
            var plain = Encoding.Latin1.GetBytes(Text);
            if (!IsPacked) return plain;
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(plain);
            return packed.ToArray();
        }
    }
}
