using System.Net.Sockets;
using System.Text;
using Gateway.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gateway.Tests.Hosting;

/// <summary>What a collector gets (OTLP), with the names of the semantic conventions.</summary>
[Collection(nameof(Measuring))]
public sealed class TelemetryTests
{
    [Theory]
    [InlineData("http/protobuf", HttpProtocols.Http1, "/v1/traces", "/v1/metrics", "/v1/logs")]
    [InlineData("grpc", HttpProtocols.Http2, "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
        "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", "/opentelemetry.proto.collector.logs.v1.LogsService/Export")]
    public async Task Sends_traces_metrics_and_logs_to_a_collector(string protocol, HttpProtocols spoken, string traces, string metrics, string logs)
    {
        await using var collector = await StartCollectorAsync(spoken);
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/orders/{id}", "/{id}", more: "\"Key\": \"orders\"",
            settings: Quick(collector, ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol), ("OTEL_SERVICE_NAME", "front"), ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test")));

        using var good = await gateway.GetAsync("/orders/7?token=s3cret");
        using var unknown = await gateway.GetAsync("/nothing");
        await gateway.ReloadAsync("{ \"Routes\": 1 }");

        await HasAsync(collector, traces, "GET /orders/{id}", "http.request.method", "http.response.status_code", "http.route", "url.path", "server.address",
            "gateway.route", "gateway.destination", $"127.0.0.1:{service.Port}", "gateway.refusal", "no_route", "gateway.request_id", "front", "deployment.environment.name");
        await HasAsync(collector, metrics, "http.server.request.duration", "http.route", "/orders/{id}", "gateway.refusals", "gateway.forwarded_requests",
            "http.client.request.duration", "kestrel.active_connections", "dotnet.gc.collections", "service.name", "front");
        await HasAsync(collector, logs, "must be a list of objects", "front");
        Assert.DoesNotContain(collector.Seen, r => r.Text.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Continues_the_callers_trace_and_hands_it_on()
    {
        await using var collector = await StartCollectorAsync(HttpProtocols.Http1);
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", settings: Quick(collector, ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/a");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var answer = await gateway.SendAsync(request);

        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", service.Only["traceparent"], StringComparison.Ordinal);
        Assert.DoesNotContain("b7ad6b7169203331", service.Only["traceparent"], StringComparison.Ordinal);
        var id = Convert.FromHexString("0af7651916cd43dd8448eb211c80319c");
        await Eventually.TrueAsync(() => collector.Seen.Any(r => r.Path == "/v1/traces" && r.Body.AsSpan().IndexOf(id) >= 0), "the trace arrives");
    }

    [Fact]
    public async Task Leaves_out_the_signal_that_is_switched_off_and_sends_another_to_its_own_place()
    {
        await using var collector = await StartCollectorAsync(HttpProtocols.Http1);
        await using var other = await StartCollectorAsync(HttpProtocols.Http1);
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", settings: Quick(collector,
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_LOGS_EXPORTER", "none"), ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", $"{other.Address}/v1/traces")));

        using var answer = await gateway.GetAsync("/a");
        await HasAsync(other, "/v1/traces", "http.route");
        await HasAsync(collector, "/v1/metrics", "http.server.request.duration");

        Assert.DoesNotContain(collector.Seen, r => r.Path is "/v1/logs" or "/v1/traces");
    }

    [Fact]
    public async Task Serves_on_while_no_collector_answers()
    {
        using var nobody = new TcpListener(System.Net.IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((System.Net.IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();
        await using var service = await StubService.StartAsync();
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", settings:
            [("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{port}"), ("OTEL_BSP_SCHEDULE_DELAY", "50"), ("OTEL_EXPORTER_OTLP_TIMEOUT", "500")]);

        for (var i = 0; i < 20; i++)
        {
            using var answer = await gateway.GetAsync("/a");
            Assert.Equal(200, (int)answer.StatusCode);
        }
    }

    private static Task<StubService> StartCollectorAsync(HttpProtocols protocols) => StubService.StartAsync(async http =>
    {
        http.Response.ContentType = http.Request.ContentType;
        if (protocols != HttpProtocols.Http2) return;
        // An empty answer, as gRPC frames it: not compressed, of no length.
        await http.Response.Body.WriteAsync(new byte[5]);
        http.Response.AppendTrailer("grpc-status", "0");
    }, protocols);

    private static (string, string)[] Quick(StubService collector, params (string, string)[] more) =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("OTEL_BLRP_SCHEDULE_DELAY", "100"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "200"), ("Logging:LogLevel:Microsoft.AspNetCore", "Warning"), ("Logging:LogLevel:Yarp", "Error"), .. more, // levels as the program sets them
    ];

    // A text stands in a protobuf message as it is.
    private static Task HasAsync(StubService collector, string path, params string[] texts)
    {
        return Eventually.TrueAsync(() => Task.FromResult(!Missing().Any()),
            () => $"{path} brings {string.Join(", ", Missing())}; there came {string.Join(", ", collector.Seen.CountBy(r => r.Path))}");

        IEnumerable<string> Missing()
        {
            var all = string.Concat(collector.Seen.Where(r => r.Path == path).Select(r => Encoding.UTF8.GetString(r.Body)));
            return texts.Where(text => !all.Contains(text, StringComparison.Ordinal));
        }
    }
}
