using System.Text;
using Gateway.Configuration;
using Gateway.Features.Mediation;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;

namespace Gateway.Benchmarks.Mediation;

/// <summary>Plans by themselves, on one core: megabytes of input in a second of processor time, and bytes allocated for one body.</summary>
internal static class PlanBenchmark
{
    // Long enough for the clock, short enough that the best of many is one that nobody disturbed.
    private const double Round = 0.005;
    private const int Rounds = 80;

    private static readonly (string Name, string Steps)[] Plans =
    [
        ("nothing to do (Remove of a name that isn't there)", """[{"Remove":["none"]}]"""),
        ("Select", """[{"Select":["result.rows[*].order_id","result.rows[*].total","result.rows[*].lines"]}]"""),
        ("Remove ..name", """[{"Remove":["..internal_cost","..audit"]}]"""),
        ("Rename", """[{"Rename":{"result.rows[*].order_id":"id","result.rows[*].customer_name":"customer"}}]"""),
        ("Wrap, Unwrap", """[{"Unwrap":"result.rows"},{"Wrap":"items"}]"""),
        ("Set, Default", """[{"Each":{"result.rows":[{"Set":{"channel":"WEB"}},{"Default":{"note":"","status":"N"}}]}}]"""),
        ("Convert", """[{"Each":{"result.rows":[{"Convert":{"order_id":"string","total":"number","created":"epochSeconds -> iso"}}]}}]"""),
        ("MapValues", """[{"Each":{"result.rows":[{"MapValues":{"status":{"N":"new","S":"shipped","*":"unknown"}}}]}}]"""),
        ("Case", """[{"Case":"camel"}]"""),
        ("Replace", """[{"Replace":{"..sku":{"Find":"A-","With":"B-"}}}]"""),
        ("Redact", """[{"Redact":{"..customer_name":"last4"}}]"""),
        ("E1: Unwrap, Each [Remove, Convert, MapValues], Case, Wrap", LegacyList),
        ("buffered, for comparison: Sort", """[{"Sort":{"result.rows":{"By":"total"}}}]"""),
    ];

    /// <summary>The first worked example of the language.</summary>
    public const string LegacyList =
        """[{"Unwrap":"result.rows"},{"Each":{"$":[{"Remove":["internal_cost","audit"]},{"Convert":{"order_id":"string","total":"number","created":"epochSeconds -> iso"}},{"MapValues":{"status":{"N":"new","S":"shipped","*":"unknown"}}}]}},{"Case":"camel"},{"Wrap":"items"}]""";

    public static void Run()
    {
        Console.WriteLine($"| Plan | {string.Join(" | ", Bodies.Sizes.Select(s => $"{s.Name}, MB/s"))} | {string.Join(" | ", Bodies.Sizes.Select(s => $"{s.Name}, bytes allocated"))} |");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", 2 * Bodies.Sizes.Length))}");
        foreach (var (name, steps) in Plans)
        {
            var program = Compile(steps);
            var results = Bodies.Sizes.Select(s => Measure(program, Bodies.OfSize(s.Bytes))).ToArray();
            Console.WriteLine($"| {name} | {string.Join(" | ", results.Select(r => $"{r.Speed:N0}"))} | {string.Join(" | ", results.Select(r => $"{r.Allocated:N0}"))} |");
        }
        Console.WriteLine();
    }

    private static MediationProgram Compile(string steps)
    {
        var problems = new ProblemList();
        var node = DocumentParser.Parse(Encoding.UTF8.GetBytes($$"""{ "Response": { "MaxBytes": 100000000, "Steps": {{steps}} } }"""), "plan", problems)!;
        var plan = PlanCompiler.Compile(node, "$", problems, new PlanServices { HashKey = new byte[32] }, MediationProfiles.None);
        foreach (var problem in problems) Console.Error.WriteLine(problem);
        return plan!.Choose(MediationSide.Response, Context())!;
    }

    private static DocumentContext Context() =>
        DocumentContext.Read(null, null!, DateTimeOffset.UnixEpoch)!;

    private static (double Speed, long Allocated) Measure(MediationProgram program, byte[] body)
    {
        var context = Context();
        for (var warm = 0; warm < Math.Max(50, 30_000_000 / body.Length); warm++) Pass(program, body, context);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Pass(program, body, context);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        var best = double.MaxValue;
        var count = 1;
        for (var round = 0; round < Rounds; round++)
        {
            // Processor time: what others do on the machine doesn't count. Nothing else runs in this process once it is warm.
            var start = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < count; i++) Pass(program, body, context);
            var time = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
            if (time < Round / 2) count = Math.Max(count + 1, (int)(count * Round / Math.Max(time, 1e-5)));
            else best = Math.Min(best, time / count);
        }
        return (body.Length / best / 1e6, allocated);
    }

    // As the gateway does it: a window of the body in, what is ready out.
    private static void Pass(MediationProgram program, byte[] body, DocumentContext context)
    {
        var run = program.Begin(context);
        try
        {
            for (var at = 0; at < body.Length;)
            {
                var count = Math.Min(run.Input.Length, body.Length - at);
                body.AsSpan(at, count).CopyTo(run.Input.Span);
                run.Advance(count);
                run.Output.Take(run.Output.Written.Length);
                at += count;
            }
            run.CompleteAsync().AsTask().GetAwaiter().GetResult();
            run.Output.Take(run.Output.Written.Length);
        }
        finally
        {
            program.Return(run);
        }
    }
}
