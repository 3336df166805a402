using System.CommandLine;
using System.Text;
using Gateway.Configuration;
using Gateway.Features.Mediation;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Commands;

/// <summary>
/// <c>mediate</c>: runs a plan on the body at standard input. 0: the mediated body is at standard output; 1: it is refused, with the problem
/// at standard error; 2: the plan or the arguments can't be used, with the plan's problems at standard error.
/// </summary>
internal static class MediateCommand
{
    public static Command Create()
    {
        var plan = new Option<string?>("--plan") { Description = "A file that holds a Mediation object.", HelpName = "FILE" };
        var config = new Option<string?>("--config") { Description = "A configuration, whose route --route names.", HelpName = "FILE|FOLDER" };
        var route = new Option<string?>("--route") { Description = "The Key of the route, or its upstream template.", HelpName = "KEY" };
        var side = new Option<string>("--side") { Description = "Which body it is.", Required = true, HelpName = "request|response" };
        var context = new Option<string?>("--context") { Description = "A JSON file that describes the exchange.", HelpName = "FILE" };
        var include = new Option<bool>("--include") { Description = "Write the status and the changed headers before the body." };
        var format = new Option<string>("--format") { Description = "How problems are written.", DefaultValueFactory = _ => "text" };
        side.AcceptOnlyFromAmong("request", "response");
        format.AcceptOnlyFromAmong("text", "json");

        var command = new Command("mediate", "Runs a mediation plan on the body at standard input.") { plan, config, route, side, context, include, format };
        command.SetAction(async (parsed, cancellation) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var errors = parsed.InvocationConfiguration.Error;
            var problems = new ProblemList();
            await using var source = await PlanSource.OpenAsync(parsed.GetValue(plan), parsed.GetValue(config), parsed.GetValue(route), problems, errors);
            if (source is null) return CommandLine.Unusable;

            var which = Enum.Parse<MediationSide>(parsed.GetValue(side)!, ignoreCase: true);
            var described = source.Plan is null ? null : ReadContext(parsed.GetValue(context), which, source.Plan, problems);
            await WriteAsync(problems, parsed.GetValue(format)!, errors);
            if (source.Plan is null || described is null || problems.HasErrors) return CommandLine.Unusable;

            var trial = new MediationTrial(source.Plan, which, described);
            try
            {
                var body = await trial.RunAsync(await ReadAsync(cancellation), cancellation);
                await WriteAsync(parsed.GetValue(include) ? trial.Head() : "", body, output);
                return 0;
            }
            catch (MediationFailure failure)
            {
                await errors.WriteLineAsync(trial.Problem(failure).ToString());
                return 1;
            }
        });
        return command;
    }

    private static DocumentContext? ReadContext(string? path, MediationSide side, MediationPlan plan, ProblemList problems)
    {
        ObjectNode? node = null;
        if (path is not null)
        {
            if (PlanSource.ReadFile(path, problems) is not { } root) return null;
            node = root as ObjectNode;
            if (node is null) problems.Error(ProblemCodes.WrongType, root.Origin, "$", $"must be an object, was {root.Kind}");
            if (node is null) return null;
        }
        var scope = new PlanScope(problems, node ?? new ObjectNode(new Origin("", 0, 0), []), "$", side, new PlanReads(), plan.Scope.Services);
        return DocumentContext.Read(node, scope, TimeProvider.System.GetUtcNow());
    }

    private static async Task WriteAsync(ProblemList problems, string format, TextWriter errors)
    {
        if (problems.Count == 0) return;
        if (format == "json") await new JsonFormat(errors).WriteAsync(new ProblemReport([.. problems], null));
        else foreach (var problem in problems) await errors.WriteLineAsync(problem.ToString());
    }

    private static async Task<byte[]> ReadAsync(CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(body, cancellation);
        return body.ToArray();
    }

    // The body's bytes are the plan's, whatever encoding the terminal has.
    private static async Task WriteAsync(string head, byte[] body, TextWriter output)
    {
        if (output != Console.Out)
        {
            await output.WriteAsync(head + Encoding.UTF8.GetString(body));
            return;
        }
        await using var stream = Console.OpenStandardOutput();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head));
        await stream.WriteAsync(body);
    }
}
