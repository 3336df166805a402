using System.CommandLine;
using Gateway.Commands.Lints;
using Gateway.Configuration;

namespace Gateway.Commands;

/// <summary>
/// <c>check</c>: compiles configurations without serving them and tells what is wrong. 0: no error; 1: errors, with <c>--strict</c> also
/// warnings; 2: the arguments can't be used.
/// </summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("FILE|FOLDER") { Arity = ArgumentArity.OneOrMore, Description = "Files, or folders of files, each a configuration of its own." };
        var environment = new Option<string?>("--environment") { Description = "Whose overlays to take. Default: the process's environment." };
        var strict = new Option<bool>("--strict") { Description = "Warnings count as errors." };
        var format = new Option<string>("--format") { Description = "text for people, the others for programs.", DefaultValueFactory = _ => "text" };
        var resolve = new Option<bool>("--resolve") { Description = "Ask the name service for the hosts of the routes." };
        format.AcceptOnlyFromAmong("text", "json", "sarif", "github");

        var command = new Command("check", "Tells everything that is wrong with a configuration, with the place and the fix.") { paths, environment, strict, format, resolve };
        command.SetAction(parsed =>
            CheckAsync(parsed.GetValue(paths)!, parsed.GetValue(environment), parsed.GetValue(strict), parsed.GetValue(resolve),
                Format(parsed.GetValue(format)!, parsed.InvocationConfiguration.Output)));
        return command;
    }

    private static async Task<int> CheckAsync(string[] paths, string? environment, bool isStrict, bool resolves, IProblemFormat format)
    {
        var problems = new List<Problem>();
        var notes = new List<string>();
        var routes = 0;
        foreach (var path in paths)
        {
            var overlay = FileLayout.AsOverlay(path);
            if (overlay is not null) notes.Add($"{path} is the overlay of an environment; it was checked on top of {overlay.Value.Base}");
            await using var inspection = overlay is { } over ? Inspection.Of(over.Base, over.Environment) : Inspection.Of(path, environment);
            problems.AddRange(await LintAsync(inspection, resolves));
            notes.AddRange(inspection.Loaded?.Notes ?? []);
            routes += inspection.Document?.Routes.Count ?? 0;
        }

        var report = new ProblemReport(problems, routes) { Notes = notes };
        await format.WriteAsync(report);
        if (paths.Any(p => !File.Exists(p) && !Directory.Exists(p))) return CommandLine.Unusable;
        return report.Errors > 0 || (isStrict && report.Warnings > 0) ? 1 : 0;
    }

    /// <summary>Looks closer. What is wrong at a place makes a doubt about the same place idle.</summary>
    private static async Task<IEnumerable<Problem>> LintAsync(Inspection inspection, bool resolves)
    {
        if (inspection.Document is not { } document) return inspection.Problems;
        var wrong = inspection.Problems.ToHashSet();
        var linted = LintedDocument.Of(inspection, document);
        Linter.Look(linted);
        await MediationExamples.LookAsync(inspection, document);
        if (resolves) await HostResolver.LookAsync(linted);
        return inspection.Problems.Where(p => wrong.Contains(p) || !linted.Reported.Contains(p.Path));
    }

    private static IProblemFormat Format(string name, TextWriter output) => name switch
    {
        "json" => new JsonFormat(output),
        "sarif" => new SarifFormat(output),
        "github" => new GitHubFormat(output),
        _ => new TextFormat(output, output == Console.Out && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null),
    };
}
