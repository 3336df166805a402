namespace Gateway.Benchmarks.Mediation;

/// <summary>
/// What mediation costs a gateway: the same service behind a route without and a route with a plan, asked in turns. The processor time is the
/// gateway's own, so that neither the client nor others on the machine count; each turn gives a ratio, and the median of them is told.
/// </summary>
internal static class GatewayBenchmark
{
    private const int Connections = 8;
    private const int Turns = 9;

    public static async Task RunAsync()
    {
        var bodies = Bodies.Sizes.Select(s => Bodies.OfSize(s.Bytes)).ToArray();
        await using var gateway = await GatewayProcess.StartAsync(
            async http =>
            {
                var body = bodies[http.Request.Path.Value![^1] - '0'];
                http.Response.ContentType = "application/json";
                http.Response.ContentLength = body.Length;
                await http.Response.Body.WriteAsync(body);
            },
            port => $$"""
                { "Routes": [
                  { {{Route(port, "plain")}} },
                  { {{Route(port, "mediated")}}, "Mediation": { "Response": { "MaxBytes": 100000000, "Steps": {{PlanBenchmark.LegacyList}} } } } ] }
                """);

        Console.WriteLine("| Body | Plain, µs of processor a request | Mediated | Ratio: median | lowest | highest |");
        Console.WriteLine("|---|---|---|---|---|---|");
        for (var size = 0; size < bodies.Length; size++) await MeasureAsync(gateway, size, bodies[size].Length);
        Console.WriteLine();
    }

    private static string Route(int port, string name) => $$"""
        "UpstreamPathTemplate": "/{{name}}/{size}", "DownstreamPathTemplate": "/{size}", "DownstreamScheme": "http",
        "DownstreamHostAndPorts": [ { "Host": "127.0.0.1", "Port": {{port}} } ]
        """;

    private static async Task MeasureAsync(GatewayProcess gateway, int size, int bytes)
    {
        var requests = Math.Clamp(40_000_000 / bytes, 12, 2500);
        // The runtime compiles what is hot in stages; before the last, nothing is worth measuring.
        for (var warm = 0; warm < (bytes < 10_000 ? 4 : 2); warm++)
            foreach (var name in (string[])["plain", "mediated"]) await LoadAsync(gateway, name, size, requests);

        var turns = new List<(double Plain, double Mediated)>();
        for (var turn = 0; turn < Turns; turn++)
        {
            var isPlainFirst = turn % 2 == 0;
            var first = await LoadAsync(gateway, isPlainFirst ? "plain" : "mediated", size, requests);
            var second = await LoadAsync(gateway, isPlainFirst ? "mediated" : "plain", size, requests);
            turns.Add(isPlainFirst ? (first, second) : (second, first));
        }
        var ratios = turns.Select(t => t.Mediated / t.Plain).Order().ToArray();
        Console.WriteLine($"| {Bodies.Sizes[size].Name} | {Median(turns.Select(t => t.Plain)):N0} | {Median(turns.Select(t => t.Mediated)):N0} | {ratios[ratios.Length / 2]:N2} | {ratios[0]:N2} | {ratios[^1]:N2} |");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    // Microseconds of the gateway's processor time for one request.
    private static async Task<double> LoadAsync(GatewayProcess gateway, string name, int size, int requests)
    {
        var target = new Uri($"/{name}/{size}", UriKind.Relative);
        var left = requests;
        var start = gateway.ProcessorSeconds;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            var buffer = new byte[64 * 1024];
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var answer = await gateway.Client.GetAsync(target, HttpCompletionOption.ResponseHeadersRead);
                answer.EnsureSuccessStatusCode();
                await using var body = await answer.Content.ReadAsStreamAsync();
                while (await body.ReadAsync(buffer) > 0) continue;
            }
        }));
        return (gateway.ProcessorSeconds - start) / requests * 1e6;
    }
}
