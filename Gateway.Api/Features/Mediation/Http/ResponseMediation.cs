using System.Net;
using System.Net.Http.Headers;
using Gateway.Features.Mediation.Plans;
using Gateway.Pipeline;

namespace Gateway.Features.Mediation.Http;

/// <summary>The answer's side of one exchange.</summary>
internal sealed class ResponseMediation(RouteMediation mediation)
{
    // Below this size a coding costs more than it saves.
    private const int WorthEncoding = 1024;

    /// <exception cref="MediationFailure">The answer can't be passed on.</exception>
    public async Task ApplyAsync(
        HttpResponseMessage answer, HttpMethod method, Exchange exchange, ExchangeContext context, CancellationToken cancellation)
    {
        var plan = mediation.Plan;
        if (answer.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            mediation.Skipped("upgrade");
            return;
        }
        AddVary(answer, plan.Reads.Headers);
        if (plan.Reads.ReadsClaims) MakePrivate(answer);

        context.Status = (int)answer.StatusCode;
        context.ContentType = answer.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types) ? types.ToString() : null;
        if (plan.Choose(MediationSide.Response, context) is not { } program) return;
        if (Passes(answer, method, program, context)) return;
        await MediateAsync(answer, program, exchange, context, cancellation);
    }

    // Whether the answer passes as it is, because it has no body to mediate, or one that the plan isn't for.
    private bool Passes(HttpResponseMessage answer, HttpMethod method, MediationProgram program, ExchangeContext context)
    {
        var type = context.ContentType;
        var isAllowed = MediaRange.AnyIncludes(program.AllowOtherTypes, type);
        var reason = answer.StatusCode switch
        {
            HttpStatusCode.NoContent => "204",
            HttpStatusCode.NotModified => "304",
            _ when method == HttpMethod.Head => "HEAD",
            _ when answer.Content.Headers.ContentLength == 0 => "empty",
            _ => null,
        };
        if (reason is not null)
        {
            // The tag and the length are those of the body that a GET would get.
            MarkTag(answer, context);
            if (reason == "HEAD") answer.Content.Headers.ContentLength = null;
            mediation.Skipped(reason);
            return true;
        }
        if (program.IsError) return false;

        reason = answer.StatusCode == HttpStatusCode.PartialContent ? "206"
            : MediaRange.AnyIncludes(program.Accept, type) ? null
            : new MediaRange("text/event-stream").Includes(type) ? "event-stream"
            : new MediaRange("application/grpc").Includes(type) ? "gRPC"
            : "type";
        if (reason is null) return false;
        if (program.Hides && !isAllowed)
            throw new MediationFailure(MediationFault.WrongType, "The plan hides something, and the answer isn't of a type that it is for; AllowOtherTypes lets others pass");
        mediation.Skipped(reason);
        return true;
    }

    private async Task MediateAsync(
        HttpResponseMessage answer, MediationProgram program, Exchange exchange, ExchangeContext context, CancellationToken cancellation)
    {
        var started = mediation.Timestamp();
        var original = answer.Content;
        var codings = ContentCoding.Of(original);
        if (codings.Count == 0 && original.Headers.ContentLength > program.MaxBytes)
            throw new MediationFailure(MediationFault.TooLarge, $"The answer is larger than {program.MaxBytes} bytes");

        // An error is one also where its body can't be read: then nothing of it is.
        var isJson = MediaRange.AnyIncludes(MediaRange.Json, context.ContentType);
        var stream = program.IsError && !isJson ? Stream.Null : await original.ReadAsStreamAsync(cancellation);
        var body = MediatedBody.Open(program, stream, stream == Stream.Null ? [] : codings, context, cancellation);
        var isKept = false;
        try
        {
            await body.HoldBackAsync(cancellation);
            if (body.Outcome.IsUntouched && program.PassThroughOnError) mediation.PassedThrough();

            var coding = codings.Count > 0 ? ContentCoding.Choose(exchange.Http.Request.Headers.AcceptEncoding, codings[^1]) : null;
            if (body.IsComplete && body.Output.Written.Length < WorthEncoding) coding = null;
            if (coding is not null) body.Encode(coding);
            if (codings.Count > 0) AddVary(answer, ["Accept-Encoding"]);

            HttpContent content;
            if (body.IsComplete)
            {
                var whole = body.Output.Written.ToArray();
                body.Take(whole.Length);
                mediation.Ended(MediationSide.Response, body, started, null);
                content = new ByteArrayContent(whole);
            }
            else
            {
                isKept = true;
                content = new MediatedContent(body, original, (ended, failure) => mediation.Ended(MediationSide.Response, ended, started, failure));
            }
            Replace(answer, original, content, coding, body.Outcome, context);
        }
        finally
        {
            if (!isKept)
            {
                await body.DisposeAsync();
                original.Dispose();
            }
        }
    }

    private static void Replace(HttpResponseMessage answer, HttpContent original, HttpContent content, string? coding, MediationOutcome outcome, ExchangeContext context)
    {
        ContentHeaders.Copy(original, content);
        answer.Content = content;
        if (coding is not null) content.Headers.ContentEncoding.Add(coding);
        foreach (var name in ContentHeaders.Digests) answer.Headers.Remove(name);
        if (outcome.IsUntouched) return;

        answer.Headers.Remove("Accept-Ranges");
        answer.Headers.TryAddWithoutValidation("Accept-Ranges", "none");
        if (outcome.ContentType is { } type)
        {
            content.Headers.Remove("Content-Type");
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        if (outcome.ContentType == ErrorPlan.ContentType) ForgetValidators(answer, content);
        else MarkTag(answer, context);
        if (outcome.Status is { } status)
        {
            answer.StatusCode = (HttpStatusCode)status;
            answer.ReasonPhrase = null;
        }
        ContentHeaders.Apply(outcome.Headers, answer.Headers, content.Headers);
    }

    // A problem that was made of a 200 is neither what the tag says nor to be kept.
    private static void ForgetValidators(HttpResponseMessage answer, HttpContent content)
    {
        answer.Headers.Remove("ETag");
        content.Headers.Remove("Last-Modified");
        if (!answer.IsSuccessStatusCode) return;
        content.Headers.Remove("Expires");
        answer.Headers.Remove("Cache-Control");
        answer.Headers.TryAddWithoutValidation("Cache-Control", "no-store");
    }

    private static void MarkTag(HttpResponseMessage answer, ExchangeContext context)
    {
        if (!answer.Headers.NonValidated.TryGetValues("ETag", out var tags)) return;
        var marked = EntityTags.Mark(tags.ToString(), context.Mark);
        answer.Headers.Remove("ETag");
        if (marked is not null) answer.Headers.TryAddWithoutValidation("ETag", marked);
    }

    private static void AddVary(HttpResponseMessage answer, IEnumerable<string> names)
    {
        foreach (var name in names)
            if (!answer.Headers.Vary.Contains(name, StringComparer.OrdinalIgnoreCase) && !answer.Headers.Vary.Contains("*")) answer.Headers.Vary.Add(name);
    }

    // What was made for one user's claims is for no shared cache (RFC 9111 section 5.2.2.7).
    private static void MakePrivate(HttpResponseMessage answer)
    {
        var cache = answer.Headers.CacheControl ??= new CacheControlHeaderValue();
        if (cache.NoStore) return;
        cache.Public = false;
        cache.SharedMaxAge = null;
        cache.Private = true;
    }
}
