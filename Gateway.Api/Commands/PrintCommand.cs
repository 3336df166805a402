using System.CommandLine;
using Gateway.Configuration;

namespace Gateway.Commands;

/// <summary>
/// <c>print</c>: the document as merged from all files and overrides; with <c>--effective</c> as each route sees it, under present names
/// and with what the global section adds. Secrets are covered.
/// </summary>
internal static class PrintCommand
{
    public static Command Create()
    {
        var path = new Argument<string?>("FILE|FOLDER") { Arity = ArgumentArity.ZeroOrOne, Description = "Default: the working directory." };
        var effective = new Option<bool>("--effective") { Description = "Every route with all that holds for it." };
        var origins = new Option<bool>("--origins") { Description = "Tell where each value came from, in remarks." };
        var environment = new Option<string?>("--environment") { Description = "Whose overlays to take. Default: the process's environment." };

        var command = new Command("print", "Shows the configuration as the gateway sees it.") { path, effective, origins, environment };
        command.SetAction(async parsed =>
        {
            await using var inspection = Inspection.Of(parsed.GetValue(path), parsed.GetValue(environment));
            if (inspection.Loaded is { } loaded)
            {
                var shown = parsed.GetValue(effective) ? new EffectiveDocument(inspection.Document!, inspection.Catalog).AsRoot(loaded.Root) : loaded.Root;
                await parsed.InvocationConfiguration.Output.WriteAsync(DocumentWriter.Write(Secrets.Mask(shown), parsed.GetValue(origins)));
            }
            if (!inspection.Problems.HasErrors) return 0;
            await new TextFormat(parsed.InvocationConfiguration.Error).WriteAsync(new ProblemReport([.. inspection.Problems], null));
            return 1;
        });
        return command;
    }
}
