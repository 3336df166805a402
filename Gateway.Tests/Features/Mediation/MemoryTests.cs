using System.Globalization;
using System.Text;
using Gateway.Features.Mediation;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Tests.Features.Mediation;

/// <summary>What a body may take of the gateway's memory: for a plan that streams nearly nothing, whatever its size; for a bomb a bounded part.</summary>
public sealed class MemoryTests
{
    private const string Row = """{"order_id":9007199254740993,"customer_name":"Söhne","total":"12.50","created":1767225600,"status":"S","audit":{"by":"x"},"lines":[{"sku":"A","qty":1}]}""";

    [Theory]
    [InlineData("""[{"Remove":["..audit"]}]""")]
    [InlineData("""[{"Select":["rows[*].order_id","rows[*].lines[*].sku"]}]""")]
    [InlineData("""[{"Rename":{"rows[*].order_id":"id"}},{"Wrap":"data"}]""")]
    [InlineData("""[{"Unwrap":"rows"},{"Each":{"$":[{"Set":{"channel":"WEB"}},{"Default":{"note":""}}]}}]""")]
    [InlineData("""[{"Case":"camel"},{"Redact":{"..customerName":"all"}},{"Replace":{"..sku":{"Find":"B","With":"C"}}}]""")]
    [InlineData("""[{"Unwrap":"rows"},{"Each":{"$":[{"Remove":["audit"]},{"Convert":{"order_id":"string","total":"number","created":"epochSeconds -> iso"}},{"MapValues":{"status":{"S":"shipped"}}}]}},{"Case":"camel"},{"Wrap":"items"}]""")]
    public void A_streaming_plan_takes_less_than_64_KB_whatever_the_size(string steps)
    {
        var plan = Workbench.Plan($$"""{ "Response": { "MaxBytes": 100000000, "Steps": {{steps}} } }""");
        Pass(plan, Rows(500)); // fills the pools

        var (allocated, held) = Measure(plan, Rows(100_000));

        Assert.True(allocated + held < 64 * 1024, $"{allocated} bytes allocated, {held} held");
    }

    [Fact]
    public void A_plan_buffers_only_what_is_left_where_the_first_step_needs_the_whole()
    {
        var plan = Workbench.Plan("""{ "Response": { "MaxBytes": 100000000, "Steps": [ { "Remove": [ "rows" ] }, { "Expr": { "code": "rc" } } ] } }""");
        Pass(plan, Rows(500));

        var (allocated, held) = Measure(plan, Rows(100_000));

        Assert.True(allocated + held < 64 * 1024, $"{allocated} bytes allocated, {held} held");
    }

    [Theory]
    [InlineData("depth", "", "[", "Malformed")]
    [InlineData("objects in objects", "", "{\"a\":", "Malformed")]
    [InlineData("an endless text", "{\"a\":\"", "xxxxxxxxxxxxxxxx", "TooLarge")]
    [InlineData("an endless name", "{\"", "xxxxxxxxxxxxxxxx", "TooLarge")]
    [InlineData("an endless number", "{\"a\":1", "0000000000000000", "TooLarge")]
    [InlineData("escapes without end", "[\"", "\\u0041\\n", "TooLarge")]
    [InlineData("an endless list", "[1", ",1", "TooLarge")]
    [InlineData("an endless list of lists", "[[]", ",[]", "TooLarge")]
    [InlineData("an endless list of objects", "[{}", ",{}", "TooLarge")]
    [InlineData("spaces without end", "", "                ", "TooLarge")]
    [InlineData("members without end", "{\"a\":1", ",\"{0}\":1", "TooLarge")]
    [InlineData("duplicate names", "{\"a\":1", ",\"a\":1", "Malformed")]
    [InlineData("invalid UTF-8", "[\"", "\u00ff", "Malformed")]
    public void A_bomb_is_refused_in_bounded_memory(string name, string start, string again, string fault)
    {
        foreach (var steps in (string[])["""[{"Case":"camel"}]""", """[{"Expr":{"b":"a"}}]"""])
        {
            var plan = Workbench.Steps(steps, MediationSide.Request);
            Assert.Throws<MediationFailure>(() => Pass(plan, Endless(start, again), MediationSide.Request));

            var before = GC.GetAllocatedBytesForCurrentThread();
            var failure = Assert.Throws<MediationFailure>(() => Pass(plan, Endless(start, again), MediationSide.Request));
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.Equal(fault, failure.Fault.ToString());
            // The cap is 1 MB; what a body in memory takes is a multiple of what it is on the wire. What the test makes of it counts, too.
            Assert.True(allocated < 96 * 1024 * 1024, $"{name}, {steps}: {allocated:N0} bytes");
        }
    }

    [Fact]
    public void A_refused_body_leaves_nothing_behind_for_the_next()
    {
        var plan = Workbench.Plan("""{ "Request": { "MaxBytes": 200, "Steps": [ { "Case": "camel" } ] } }""");
        var wide = $"{{{string.Join(',', Enumerable.Range(0, 20).Select(i => $"\"m{i}\":1"))}}}";
        Assert.Throws<MediationFailure>(() => Workbench.Run(plan, Encoding.UTF8.GetBytes(wide[..^1] + ",\"a\":[" + new string(' ', 200)), MediationSide.Request, chunk: 50));

        Assert.Equal(wide, Workbench.Run(plan, Encoding.UTF8.GetBytes(wide), MediationSide.Request).Body);
    }

    private static (long Allocated, long Held) Measure(MediationPlan plan, IEnumerable<byte[]> body)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var held = Pass(plan, body);
        return (GC.GetAllocatedBytesForCurrentThread() - before, held);
    }

    // As the gateway does it: what is ready goes out before more comes in. Gives the most that was held at once.
    private static long Pass(MediationPlan plan, IEnumerable<byte[]> body, MediationSide side = MediationSide.Response)
    {
        var program = plan.Choose(side, Workbench.Context(side: side))!;
        var run = program.Begin(Workbench.Context(side: side), CancellationToken.None);
        var held = 0L;
        try
        {
            foreach (var piece in body)
                for (var at = 0; at < piece.Length;)
                {
                    var count = Math.Min(run.Input.Length, piece.Length - at);
                    piece.AsSpan(at, count).CopyTo(run.Input.Span);
                    held = Math.Max(held, run.Input.Length + run.Output.Written.Length);
                    run.Advance(count);
                    at += count;
                    if (run.Output.Written.Length > 16 * 1024) run.Output.Take(run.Output.Written.Length);
                }
            var completion = run.CompleteAsync();
            Assert.True(completion.IsCompletedSuccessfully);
            return held;
        }
        finally
        {
            program.Return(run);
        }
    }

    private static IEnumerable<byte[]> Rows(int count)
    {
        var (first, next) = (Encoding.UTF8.GetBytes("{\"rc\":0,\"rows\":[" + Row), Encoding.UTF8.GetBytes("," + Row));
        yield return first;
        for (var i = 1; i < count; i++) yield return next;
        yield return "]}"u8.ToArray();
    }

    // More than any cap lets in; made as it is wanted.
    private static IEnumerable<byte[]> Endless(string start, string again)
    {
        yield return Encoding.Latin1.GetBytes(start);
        var isNumbered = again.Contains("{0}", StringComparison.Ordinal);
        var piece = Encoding.Latin1.GetBytes(again);
        for (var i = 0; i < 1_000_000; i++)
            yield return isNumbered ? Encoding.Latin1.GetBytes(again.Replace("{0}", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)) : piece;
    }
}
