using System.Globalization;
using System.Text;
using Gateway.Features.Mediation.Http;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;

namespace Gateway.Features.Mediation;

/// <summary>Mediates one body of a described exchange, as the gateway would, and tells what the receiver gets (design §5).</summary>
internal sealed class MediationTrial(MediationPlan plan, MediationSide side, DocumentContext context)
{
    private const string LineEnd = "\r\n";

    // They hold for the body that came in, not for the one that goes out.
    private static readonly string[] Dropped = ["Content-Length", "Content-Encoding", "Content-MD5", "Digest", "Content-Digest", "Repr-Digest"];

    /// <summary>The status after mediation.</summary>
    public int Status { get; private set; } = context.Status ?? 200;

    /// <summary>Headers that were set, or removed where the value is null, in order.</summary>
    public List<(string Name, string? Value)> Headers { get; } = [];

    /// <returns>The mediated body.</returns>
    /// <exception cref="MediationFailure">It is refused.</exception>
    public async Task<byte[]> RunAsync(byte[] body, CancellationToken cancellation)
    {
        if (side == MediationSide.Response && plan.Reads.Headers.Any()) SetVary();
        if (plan.Choose(side, context) is not { } program || Passes(program, body)) return body;

        var (mediated, outcome) = await BodyRunner.RunAsync(program, body, context, cancellation);
        if (outcome.IsUntouched) return mediated;
        Status = outcome.Status ?? Status;
        if (outcome.ContentType is { } type && type != context.ContentType) Headers.Add(("Content-Type", type));
        Headers.AddRange(outcome.Headers);
        if (side == MediationSide.Response) DescribeNewBody(outcome);
        return mediated;
    }

    /// <summary>Status and changed headers, as HTTP writes them, with the empty line behind them (A26).</summary>
    public string Head()
    {
        var head = new StringBuilder(side == MediationSide.Response
            ? string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status}{LineEnd}")
            : $"{context.Method} {context.Path}{context.QueryString} HTTP/1.1{LineEnd}");
        foreach (var (name, value) in Headers) head.Append(name).Append(':').Append(value is null ? "" : $" {value}").Append(LineEnd);
        return head.Append(LineEnd).ToString();
    }

    /// <summary>What the client gets in place of a body that is refused.</summary>
    public JsonValue Problem(MediationFailure failure)
    {
        var refusal = MediationRefusals.Of(failure.Fault, side);
        var problem = JsonObject.Empty
            .With("type", new JsonText("about:blank"))
            .With("title", new JsonText(refusal.Title))
            .With("status", new JsonNumber(refusal.Status.ToString(CultureInfo.InvariantCulture)));
        if (side == MediationSide.Request) problem = problem.With("detail", new JsonText(failure.Message));
        problem = problem.With("instance", new JsonText(context.Path)).With("code", new JsonText(refusal.Code)).With("requestId", new JsonText(context.RequestId));
        if (side == MediationSide.Response) return problem;

        problem = problem.With("step", new JsonText(failure.Step)).With("pointer", new JsonText(failure.Pointer ?? ""));
        return failure.Details.Count == 0 ? problem : problem.With("errors",
            new JsonArray([.. failure.Details.Select(d => new JsonObject([new("pointer", new JsonText(d.Pointer)), new("detail", new JsonText(d.Detail))]))]));
    }

    private bool Passes(MediationProgram program, byte[] body)
    {
        var isTaken = MediaRange.AnyIncludes(program.Accept, context.ContentType);
        if (side == MediationSide.Request)
        {
            if (body.Length == 0) return true;
            return isTaken ? false : throw new MediationFailure(MediationFault.WrongType, $"Taken here are {string.Join(", ", program.Accept.Select(a => a.Text))}");
        }
        if (program.IsError) return false;
        if (body.Length == 0 || context.Method.Equals("HEAD", StringComparison.OrdinalIgnoreCase) || context.Status is 204 or 304) return true;
        if (isTaken && context.Status != 206) return false;
        if (program.Hides && !MediaRange.AnyIncludes(program.AllowOtherTypes, context.ContentType))
            throw new MediationFailure(MediationFault.WrongType, "The plan hides something, and the answer isn't of a type that it is for");
        return true;
    }

    private void SetVary()
    {
        var names = context.ResponseHeaders.GetValueOrDefault("Vary").SelectMany(v => v?.Split(',', StringSplitOptions.TrimEntries) ?? []);
        Headers.Add(("Vary", string.Join(", ", names.Concat(plan.Reads.Headers).Distinct(StringComparer.OrdinalIgnoreCase))));
    }

    private void DescribeNewBody(MediationOutcome outcome)
    {
        foreach (var name in Dropped)
            if (context.ResponseHeaders.ContainsKey(name)) Headers.Add((name, null));
        if (context.ResponseHeaders.ContainsKey("Accept-Ranges")) Headers.Add(("Accept-Ranges", "none"));
        if (context.ResponseHeaders.TryGetValue("ETag", out var tag))
            Headers.Add(("ETag", outcome.ContentType == ErrorPlan.ContentType ? null : EntityTags.Mark(tag.ToString(), plan.Mark(context))));
    }
}
