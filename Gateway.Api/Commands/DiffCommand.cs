using System.CommandLine;
using Gateway.Runtime;

namespace Gateway.Commands;

/// <summary>
/// <c>diff OLD NEW</c>: what changes for clients and services, in terms of routes and their settings, whatever the files look like.
/// 0: nothing; 1: something; 2: one of the two can't be read.
/// </summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        var old = new Argument<string>("OLD") { Description = "A file, or a folder of files." };
        var next = new Argument<string>("NEW") { Description = "A file, or a folder of files." };
        var environment = new Option<string?>("--environment") { Description = "Whose overlays to take, in both. Default: the process's environment." };

        var command = new Command("diff", "Tells what changes between two configurations, in terms of routes.") { old, next, environment };
        command.SetAction(async parsed =>
        {
            await using var before = Inspection.Of(parsed.GetValue(old), parsed.GetValue(environment));
            await using var after = Inspection.Of(parsed.GetValue(next), parsed.GetValue(environment));
            foreach (var side in new[] { before, after })
            {
                if (side.Document is not null) continue;
                await new TextFormat(parsed.InvocationConfiguration.Error).WriteAsync(new ProblemReport([.. side.Problems], null));
                return CommandLine.Unusable;
            }

            var lines = new ConfigurationDiff(before.Document!, after.Document!, before.Catalog, before.Snapshot?.Table, after.Snapshot?.Table).Lines().ToArray();
            foreach (var line in lines) await parsed.InvocationConfiguration.Output.WriteLineAsync(line);
            if (lines.Length == 0) await parsed.InvocationConfiguration.Output.WriteLineAsync("No difference.");
            return lines.Length == 0 ? 0 : 1;
        });
        return command;
    }
}
