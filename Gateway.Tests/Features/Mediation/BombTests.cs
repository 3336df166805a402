using System.IO.Compression;
using System.Net;
using System.Text;
using Gateway.Tests.Support;

namespace Gateway.Tests.Features.Mediation;

/// <summary>Bodies made to hurt: each is refused with the status of its fault, on both sides.</summary>
public sealed class BombTests
{
    private const string Streaming = """[ { "Remove": [ "secret" ] } ]""";
    private const string Calculating = """[ { "Expr": { "sum": "sum(n)" } } ]""";
    private const string Xml = """[ { "Format": { "From": "xml" } } ]""";
    private const string Laughs = """<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>""";

    private static readonly string Deep = new string('[', 100_000);
    private static readonly string Wide = $"{{{string.Join(',', Enumerable.Range(0, 600_000).Select(i => $"\"m{i}\":1"))}}}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string, int> Bombs => new()
    {
        { "depth", Streaming, Deep, 400 },
        { "depth of XML", Xml, string.Concat(Enumerable.Repeat("<a>", 70)) + string.Concat(Enumerable.Repeat("</a>", 70)), 400 },
        { "width", Streaming, Wide, 413 },
        { "entities", Xml, Laughs, 400 },
        { "giant exponent", Calculating, """{"n":[1e999999999,1]}""", 422 },
        { "giant digits", Calculating, $"{{\"n\":[1e-999999999,{new string('9', 100_000)}]}}", 422 },
        { "truncated", Streaming, """{"a":[1,2""", 400 },
        { "invalid UTF-8", Streaming, "{\"a\":\"\u00ff\"}", 400 },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task Refuses_the_request(string name, string steps, string body, int status)
    {
        await using var service = await StubService.StartAsync(200, "{}");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", $$""" "UpstreamHttpMethod": [ "Post" ], "Mediation": { "Request": { "Steps": {{steps}} } } """);

        using var content = Content(body, steps == Xml ? "application/xml" : "application/json");
        using var answer = await gateway.Client.PostAsync("/a", content, Cancellation);

        Assert.True(status == (int)answer.StatusCode, $"{name}: {answer.StatusCode}");
        Assert.Empty(service.Seen);
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task Refuses_the_answer(string name, string steps, string body, int status)
    {
        await using var service = await StubService.StartAsync(http =>
        {
            http.Response.ContentType = steps == Xml ? "application/xml" : "application/json";
            return http.Response.Body.WriteAsync(Encoding.Latin1.GetBytes(body)).AsTask();
        });
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", $$""" "Mediation": { "Response": { "MaxBytes": 1048576, "Steps": {{steps}} } } """);

        var whole = await WholeAsync(gateway);

        // What is too large turns out half-way: then the connection ends, and nothing is taken for the whole.
        Assert.True(whole == HttpStatusCode.BadGateway || (status == 413 && whole is null), $"{name}: {whole}");
    }

    [Fact]
    public async Task Refuses_a_request_whose_coding_is_broken()
    {
        await using var service = await StubService.StartAsync(200, "{}");
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", $$""" "UpstreamHttpMethod": [ "Post" ], "Mediation": { "Request": { "Steps": {{Streaming}} } } """);

        using var content = Content("this is no gzip", "application/json");
        content.Headers.ContentEncoding.Add("gzip");
        using var answer = await gateway.Client.PostAsync("/a", content, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Refuses_an_answer_that_unfolds_beyond_the_ratio()
    {
        await using var service = await StubService.StartAsync(async http =>
        {
            http.Response.ContentType = "application/json";
            http.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(http.Response.Body, CompressionLevel.SmallestSize);
            await gzip.WriteAsync(Encoding.ASCII.GetBytes(new string(' ', 3_000_000) + "1"));
        });
        await using var gateway = await TestGateway.StartAsync(service, "/a", "/a", $$""" "Mediation": { "Response": { "Steps": {{Streaming}} } } """);

        Assert.NotEqual(HttpStatusCode.OK, await WholeAsync(gateway));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: 100\n\n{\"a\":1}")]
    [InlineData("HTTP/1.1 200 OK\nContent-Type: application/json\nTransfer-Encoding: chunked\n\n7\n{\"a\":1}\n")]
    public async Task Never_takes_an_answer_that_ends_too_early_for_the_whole(string answer)
    {
        await using var service = RawService.Start(answer);
        await using var gateway = await TestGateway.StartAsync(service.Port, "/a", "/a", $$""" "Mediation": { "Response": { "Steps": {{Streaming}} } } """);

        Assert.NotEqual(HttpStatusCode.OK, await WholeAsync(gateway));
    }

    // The status of an answer that arrives whole; null for one that breaks off.
    private static async Task<HttpStatusCode?> WholeAsync(TestGateway gateway)
    {
        try
        {
            using var answer = await gateway.Client.GetAsync("/a", Cancellation);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static ByteArrayContent Content(string latin1, string type) => new(Encoding.Latin1.GetBytes(latin1)) { Headers = { { "Content-Type", type } } };
}
