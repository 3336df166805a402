using System.Text;
using System.Text.RegularExpressions;
using Gateway.Features.Mediation;

namespace Gateway.Tests.Features.Mediation;

/// <summary>What <c>mediate</c> tells of an exchange that is only described (design §5, A26); its command line is tried by itself.</summary>
public sealed partial class TrialTests
{
    private const string Plan = """{ "Response": { "Steps": [ { "Set": { "for": "{header:X-A}" } }, { "Status": 203 } ] } }""";

    [Fact]
    public async Task Tells_every_header_that_changes_with_the_body()
    {
        var (body, head) = await RunAsync(Plan, "{}", """
            { "headers": { "X-A": "me" }, "responseHeaders": { "ETag": "\"abc\"", "Digest": "x", "Content-Length": "2", "Vary": "Accept", "Accept-Ranges": "bytes", "X-Other": "y" } }
            """);

        Assert.Equal("""{"for":"me"}""", body);
        Assert.Equal("HTTP/1.1 203\r\nVary: Accept, X-A\r\nContent-Length:\r\nDigest:\r\nAccept-Ranges: none\r\nETag: W/\"abc;m=MARK\"\r\n\r\n", Mark.Replace(head, "m=MARK"));
    }

    [Theory]
    [InlineData("""{ "contentType": "text/plain" }""")]
    [InlineData("""{ "status": 206 }""")]
    [InlineData("""{ "method": "HEAD" }""")]
    [InlineData("""{ "status": 304 }""")]
    public async Task Leaves_alone_what_the_gateway_leaves_alone(string context) =>
        Assert.Equal("{ }", (await RunAsync("""{ "Response": { "Steps": [ { "Wrap": "w" } ] } }""", "{ }", context)).Body);

    [Fact]
    public async Task Refuses_what_the_gateway_refuses()
    {
        const string Hides = """{ "Response": { "Steps": [ { "Remove": [ "secret" ] } ] } }""";

        var failure = await Assert.ThrowsAsync<MediationFailure>(() => RunAsync(Hides, "secret", """{ "contentType": "text/plain" }"""));

        Assert.Equal(MediationFault.WrongType, failure.Fault);
    }

    private static async Task<(string Body, string Head)> RunAsync(string plan, string body, string context)
    {
        var trial = new MediationTrial(Workbench.Plan(plan), MediationSide.Response, Workbench.Context(context));
        var mediated = await trial.RunAsync(Encoding.UTF8.GetBytes(body), TestContext.Current.CancellationToken);
        return (Encoding.UTF8.GetString(mediated), trial.Head());
    }

    [GeneratedRegex("m=[0-9a-f]{16}")]
    private static partial Regex Mark { get; }
}
