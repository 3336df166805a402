using System.IO.Pipelines;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Http;

/// <summary>The request's side of one exchange.</summary>
internal sealed class RequestMediation(RouteMediation mediation)
{
    // What the client sends is read no further ahead than this.
    private static readonly PipeOptions Ahead = new(pauseWriterThreshold: 16 * 1024, resumeWriterThreshold: 8 * 1024, useSynchronizationContext: false);

    /// <summary>Why the body broke off while it was sent; null as long as it didn't.</summary>
    public MediationFailure? Failure { get; private set; }

    /// <exception cref="MediationFailure">The request is refused; nothing of it has been sent.</exception>
    public async Task ApplyAsync(HttpRequestMessage request, ExchangeContext context, CancellationToken cancellation)
    {
        var plan = mediation.Plan;
        if (plan.HasAnswers) PrepareForAnswer(request, context);
        if (request.Content is not { } content || content.Headers.ContentLength == 0) return;

        context.ContentType = Value(content, "Content-Type");
        if (plan.Choose(MediationSide.Request, context) is not { } program) return;
        if (!MediaRange.AnyIncludes(program.Accept, context.ContentType))
            throw new MediationFailure(MediationFault.WrongType, $"Taken here are {string.Join(", ", program.Accept.Select(a => a.Text))}");

        var codings = ContentCoding.Of(content);
        if (codings.Count == 0 && content.Headers.ContentLength > program.MaxBytes)
            throw new MediationFailure(MediationFault.TooLarge, $"The body is larger than {program.MaxBytes} bytes");
        await MediateAsync(request, content, program, codings, context, cancellation);
    }

    // The service is asked for a whole body that can be decoded, and about the tags that it knows.
    private static void PrepareForAnswer(HttpRequestMessage request, ExchangeContext context)
    {
        request.Headers.Remove("Accept-Encoding");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", ContentCoding.Decodable);
        request.Headers.Remove("Range");
        request.Headers.Remove("If-Range");
        foreach (var name in (string[])["If-None-Match", "If-Match"])
        {
            if (!request.Headers.NonValidated.TryGetValues(name, out var values)) continue;
            var tags = EntityTags.Unmark(string.Join(", ", values), context.Mark);
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, tags);
        }
    }

    private async Task MediateAsync(
        HttpRequestMessage request, HttpContent content, MediationProgram program, IReadOnlyList<string> codings, ExchangeContext context, CancellationToken cancellation)
    {
        var started = mediation.Timestamp();
        var pipe = new Pipe(Ahead);
        var body = MediatedBody.Open(program, pipe.Reader.AsStream(), codings, context, cancellation);
        var copying = CopyAsync(content, pipe.Writer, cancellation);
        var isKept = false;
        try
        {
            await body.HoldBackAsync(cancellation);
            if (body.IsComplete)
            {
                await copying;
                var whole = body.Output.Written.ToArray();
                body.Take(whole.Length);
                mediation.Ended(MediationSide.Request, body, started, null);
                Replace(request, content, new ByteArrayContent(whole), body.Outcome);
                return;
            }
            isKept = true;
            Replace(request, content, new MediatedContent(body, null, (ended, failure) =>
            {
                Failure = failure;
                mediation.Ended(MediationSide.Request, ended, started, failure);
            }), body.Outcome);
        }
        finally
        {
            // What the client still sends is read and dropped once nobody wants it any more.
            if (!isKept) await body.DisposeAsync();
        }
    }

    private static async Task CopyAsync(HttpContent content, PipeWriter writer, CancellationToken cancellation)
    {
        try
        {
            await content.CopyToAsync(writer.AsStream(leaveOpen: true), cancellation);
            await writer.CompleteAsync();
        }
        catch (Exception e)
        {
            // Whoever reads the pipe meets the failure there.
            await writer.CompleteAsync(e);
        }
    }

    private static void Replace(HttpRequestMessage request, HttpContent old, HttpContent mediated, MediationOutcome outcome)
    {
        ContentHeaders.Copy(old, mediated);
        if (outcome.ContentType is { } type)
        {
            mediated.Headers.Remove("Content-Type");
            mediated.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        foreach (var name in ContentHeaders.Digests) request.Headers.Remove(name);
        request.Content = mediated;
        ContentHeaders.Apply(outcome.Headers, request.Headers, mediated.Headers);
    }

    private static string? Value(HttpContent content, string name) =>
        content.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
