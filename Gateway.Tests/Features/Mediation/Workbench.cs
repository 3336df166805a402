using System.Text;
using Gateway.Configuration;
using Gateway.Features.Mediation;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Tests.Features.Mediation;

/// <summary>Compiles plans and runs them, as the gateway does between client and service.</summary>
internal static class Workbench
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly PlanServices Services = new() { HashKey = Encoding.UTF8.GetBytes("a key for tests"), Handlers = [new ReverseHandler()] };

    /// <summary>The plan of a <c>Mediation</c> section, and its problems.</summary>
    public static (MediationPlan? Plan, ProblemList Problems) Compile(string mediation)
    {
        var problems = new ProblemList();
        var node = DocumentParser.Parse(Encoding.UTF8.GetBytes(mediation), "plan.json", problems);
        Assert.NotNull(node);
        return (PlanCompiler.Compile(node, "$", problems, Services, MediationProfiles.None), problems);
    }

    /// <summary>The plan of a <c>Mediation</c> section that has no problem.</summary>
    public static MediationPlan Plan(string mediation)
    {
        var (plan, problems) = Compile(mediation);
        Assert.Empty(problems.Select(p => p.ToString()));
        return plan!;
    }

    /// <summary>The plan of a list of steps on one side.</summary>
    public static MediationPlan Steps(string steps, MediationSide side = MediationSide.Response) => Plan($$"""{ "{{side}}": { "Steps": {{steps}} } }""");

    public static DocumentContext Context(string json = "{}", MediationSide side = MediationSide.Response)
    {
        var problems = new ProblemList();
        var node = DocumentParser.Parse(Encoding.UTF8.GetBytes(json), "context.json", problems)!;
        var context = DocumentContext.Read(node, new PlanScope(problems, node, "$", side, new PlanReads(), Services), Now);
        Assert.Empty(problems.Select(p => p.ToString()));
        return context!;
    }

    /// <summary>The mediated body.</summary>
    /// <param name="chunk">How many bytes arrive at once.</param>
    /// <exception cref="MediationFailure">It is refused.</exception>
    public static (string Body, MediationOutcome Outcome) Run(MediationPlan plan, byte[] body, MediationSide side = MediationSide.Response,
        IMediationContext? context = null, int chunk = int.MaxValue)
    {
        context ??= Context(side: side);
        if (plan.Choose(side, context) is not { } program) return (Encoding.UTF8.GetString(body), new MediationOutcome());
        var run = program.Begin(context, TestContext.Current.CancellationToken);
        try
        {
            for (var at = 0; at < body.Length;)
            {
                var count = Math.Min(Math.Min(chunk, run.Input.Length), body.Length - at);
                body.AsSpan(at, count).CopyTo(run.Input.Span);
                run.Advance(count);
                at += count;
            }
            var completion = run.CompleteAsync().AsTask();
            Assert.True(completion.IsCompleted);
            completion.GetAwaiter().GetResult();
            return (Encoding.UTF8.GetString(run.Output.Written.Span), run.Outcome);
        }
        finally
        {
            program.Return(run);
        }
    }

    /// <summary>The mediated body of steps on the response side.</summary>
    public static string Run(string steps, string body, MediationSide side = MediationSide.Response) =>
        Run(Steps(steps, side), Encoding.UTF8.GetBytes(body), side).Body;

    /// <summary>Why the body is refused.</summary>
    public static MediationFailure Refusal(string steps, string body, MediationSide side = MediationSide.Response) =>
        Assert.Throws<MediationFailure>(() => Run(steps, body, side));
}
