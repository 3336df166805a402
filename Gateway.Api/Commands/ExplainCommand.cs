using System.CommandLine;
using Gateway.Runtime;

namespace Gateway.Commands;

/// <summary><c>explain</c>: which route takes a request and why no other, what would happen to it, and where it would go. Nothing is sent.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var method = new Argument<string>("METHOD");
        var url = new Argument<string>("URL") { Description = "A path with its query, or a whole URL where the host matters." };
        var headers = new Option<string[]>("-H", "--header") { Description = "A header of the request, as \"Name: value\". May be repeated.", HelpName = "HEADER" };
        var claims = new Option<string[]>("--claim") { Description = "A claim of the caller, as type=value: as if a valid token had it. May be repeated.", HelpName = "CLAIM" };
        var config = new Option<string?>("--config") { Description = "The file, or the folder of the files. Default: the working directory.", HelpName = "FILE|FOLDER" };
        var environment = new Option<string?>("--environment") { Description = "Whose overlays to take. Default: the process's environment." };

        var command = new Command("explain", "Tells which route takes a request, why no other does, and where it would go.") { method, url, headers, claims, config, environment };
        command.SetAction(async parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            if (DescribedRequest.Parse(parsed.GetValue(method)!, parsed.GetValue(url)!, parsed.GetValue(headers) ?? []) is not { } request)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync("The URL must be a path that begins with '/', or a whole http or https URL; a header is \"Name: value\".");
                return CommandLine.Unusable;
            }
            await using var inspection = Inspection.Of(parsed.GetValue(config), parsed.GetValue(environment));
            if (inspection.Snapshot is not { } snapshot)
            {
                await new TextFormat(parsed.InvocationConfiguration.Error).WriteAsync(new ProblemReport([.. inspection.Problems], null));
                return 1;
            }
            var preview = await RequestPreview.OfAsync(snapshot.Table, request.Route, request.Scheme, DescribedRequest.Claims(parsed.GetValue(claims)), inspection.Services);
            await new ExplanationText(output, inspection.Document!).WriteAsync(request.Route, request.Scheme, preview);
            return 0;
        });
        return command;
    }
}
