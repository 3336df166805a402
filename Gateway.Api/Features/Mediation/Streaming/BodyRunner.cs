using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Streaming;

/// <summary>Mediates a body that is in memory, as examples and the command line have it.</summary>
internal static class BodyRunner
{
    /// <returns>The mediated body, and what else was changed.</returns>
    /// <exception cref="MediationFailure">The body is refused.</exception>
    public static async Task<(byte[] Body, MediationOutcome Outcome)> RunAsync(
        MediationProgram program, ReadOnlyMemory<byte> body, IMediationContext context, CancellationToken cancellation)
    {
        var isJson = MediaRange.AnyIncludes(MediaRange.Json, context.ContentType);
        if (program.IsError && !isJson) body = default;
        var run = program.Begin(context, cancellation);
        try
        {
            while (body.Length > 0)
            {
                var count = Math.Min(body.Length, run.Input.Length);
                body[..count].CopyTo(run.Input);
                run.Advance(count);
                body = body[count..];
            }
            await run.CompleteAsync();
            return (run.Output.Written.ToArray(), run.Outcome);
        }
        finally
        {
            program.Return(run);
        }
    }
}
