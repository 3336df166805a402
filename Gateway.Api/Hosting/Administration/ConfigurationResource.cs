using System.Text;
using Gateway.Configuration;
using Gateway.Hosting.Management;
using Gateway.Pipeline;
using Gateway.Runtime;

namespace Gateway.Hosting.Administration;

/// <summary>
/// <c>GET</c> and <c>POST {path}/configuration</c>: the document as it is written, without this process's environment, and its replacement,
/// which is compiled first and written whole or not at all. Both tell its version as an <c>ETag</c>, which <c>If-Match</c> may name.
/// </summary>
internal sealed class ConfigurationResource(IDocumentSource source, SnapshotCompiler compiler, SnapshotReloader reloader)
{
    private const string Body = "body";

    private static readonly Refusal NotReadable = new("not_readable", 503, "The configuration can't be read where it is written.");
    private static readonly Refusal NotWritten = new("not_written", 503, "The configuration is good, but can't be written; nothing has changed.");
    private static readonly Refusal NotInUse = new("not_in_use", 503, "The configuration is written, but not in use yet; see the problems of the gateway's health.");
    private static readonly Refusal Outdated = new("outdated", 412, "Somebody else has replaced the configuration meanwhile; read it anew.");

    public Task ReadAsync(HttpContext http) =>
        source.AsWritten() is { } written ? TellAsync(http, written) : RefusalWriter.WriteAsync(http, NotReadable, RefusalStyle.Default);

    public async Task ReplaceAsync(HttpContext http, Audit audit)
    {
        using var posted = new MemoryStream();
        await http.Request.Body.CopyToAsync(posted, http.RequestAborted);
        var problems = new ProblemList();
        if (Read(posted.ToArray(), problems) is not var (document, text))
        {
            await RefuseAsync(http, problems, audit);
            return;
        }
        var before = source.AsWritten() is { } written ? ContentHash.OfDocument(written) : "none";
        try
        {
            var replacement = await reloader.ReplaceAsync(document, text, VersionIn(http.Request.Headers.IfMatch), http.RequestAborted);
            switch (replacement.Outcome)
            {
                case ReplacementOutcome.InUse:
                    audit.Replaced(before, ContentHash.OfDocument(document));
                    await TellAsync(http, document);
                    break;
                case ReplacementOutcome.Refused:
                    await RefuseAsync(http, replacement.Problems, audit);
                    break;
                case ReplacementOutcome.Outdated:
                    audit.Outdated();
                    await RefusalWriter.WriteAsync(http, Outdated, RefusalStyle.Default);
                    break;
                default:
                    audit.Replaced(before, ContentHash.OfDocument(document));
                    await RefusalWriter.WriteAsync(http, NotInUse, RefusalStyle.Default);
                    break;
            }
        }
        catch (IOException e) when (!http.RequestAborted.IsCancellationRequested)
        {
            audit.NotWritten(e.Message);
            await RefusalWriter.WriteAsync(http, NotWritten, RefusalStyle.Default, e.Message);
        }
    }

    /// <summary>What is posted, and what will be written: the very text, with its remarks, unless names in it aren't spelled as in files.</summary>
    private (ObjectNode Document, byte[] Text)? Read(byte[] body, ProblemList problems)
    {
        var root = DocumentParser.Parse(body, Body, problems);
        if (root is not ObjectNode document)
        {
            if (root is not null)
                problems.Error(ProblemCodes.WrongType, root.Origin, "$", $"the document must be an object, was {root.Kind}", "Write { \"Routes\": [ … ] }");
            return null;
        }
        var usual = KeySpelling.Usual(document, compiler.Catalog);
        var text = DocumentWriter.Write(usual);
        return (usual, text == DocumentWriter.Write(document) ? body : Encoding.UTF8.GetBytes(text));
    }

    private Task TellAsync(HttpContext http, ObjectNode written)
    {
        http.Response.Headers.ETag = $"\"{ContentHash.OfDocument(written)}\"";
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(DocumentWriter.Write(KeySpelling.Camel(written, compiler.Catalog)), http.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext http, IReadOnlyCollection<Problem> problems, Audit audit)
    {
        var errors = problems.Count(p => p.Severity == Severity.Error);
        audit.Refused(errors);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return http.Response.WriteAsJsonAsync(
            new
            {
                type = "about:blank",
                title = "The configuration has errors; the one in use stays.",
                status = StatusCodes.Status400BadRequest,
                detail = string.Join('\n', problems),
                instance = http.Request.Path.ToUriComponent(),
                code = "configuration_refused",
                requestId = http.TraceIdentifier,
                problems = problems.Select(ConfigurationEndpoints.Shown),
            },
            Json.Options, "application/problem+json", http.RequestAborted);
    }

    private static string? VersionIn(string? ifMatch) => ifMatch is null or "" or "*" ? null : ifMatch.Trim().Trim('"');
}
