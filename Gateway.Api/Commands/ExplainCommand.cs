using System.CommandLine;
using System.Security.Claims;
using Gateway.Routing;
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
            if (Request(parsed.GetValue(method)!, parsed.GetValue(url)!, parsed.GetValue(headers) ?? []) is not { } request)
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
            var preview = await RequestPreview.OfAsync(snapshot.Table, request.Route, request.Scheme, Claims(parsed.GetValue(claims)), inspection.Services);
            await new ExplanationText(output, inspection.Document!).WriteAsync(request.Route, request.Scheme, preview);
            return 0;
        });
        return command;
    }

    private static (RouteRequest Route, string Scheme)? Request(string method, string url, string[] lines)
    {
        var headers = new HeaderDictionary();
        foreach (var line in lines)
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon)) return null;
            headers.Append(line[..colon].Trim(), line[(colon + 1)..].Trim());
        }
        var isWhole = Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
        if (!isWhole && !url.StartsWith('/')) return null;

        var target = url.Split('#')[0];
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var host = isWhole ? uri!.Authority : headers["Host"].FirstOrDefault() ?? "localhost";
        return (new RouteRequest(method.ToUpperInvariant(), host, RequestPath.Parse(target), query < 0 ? "" : target[query..], headers), isWhole ? uri!.Scheme : "http");
    }

    private static List<Claim>? Claims(string[]? texts) => texts is not { Length: > 0 } ? null
        : [.. texts.Select(t => t.Split('=', 2)).Select(c => new Claim(c[0], c.Length > 1 ? c[1] : ""))];
}
