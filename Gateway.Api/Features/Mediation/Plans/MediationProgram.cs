using Gateway.Features.Mediation.Formats;
using Gateway.Features.Mediation.Streaming;
using Microsoft.Extensions.ObjectPool;

namespace Gateway.Features.Mediation.Plans;

/// <summary>What is done with one body: the steps of the chosen variants, and under which limits.</summary>
internal sealed class MediationProgram
{
    private const long RequestMaxBytes = 1024 * 1024;
    private const long ResponseMaxBytes = 4 * 1024 * 1024;

    private readonly DefaultObjectPool<MediationRun> _runs;

    /// <summary>What is done with bodies for which these variants were chosen.</summary>
    /// <param name="side">The side.</param>
    /// <param name="variants">The variants, profiles first; empty when only errors are looked for.</param>
    /// <param name="errors">What errors become; null when the body can be none.</param>
    /// <param name="isError">Whether the body is an error whatever it says: then no step runs.</param>
    public MediationProgram(MediationSide side, IReadOnlyList<PlanVariant> variants, ErrorPlan? errors, bool isError)
    {
        Side = side;
        Errors = errors;
        IsError = isError;
        IsUntouched = variants.Count == 0 && !isError;
        Chain = new StepChain(isError ? [] : variants.SelectMany(v => v.Steps));
        From = (Chain.Steps.Count > 0 ? Chain.Steps[0] as FormatStep : null)?.From;
        To = (Chain.Steps.Count > 0 ? Chain.Steps[^1] as FormatStep : null)?.To;
        Accept = variants.Select(v => v.Accept).LastOrDefault(a => a is not null) ?? From?.Types ?? MediaRange.Json;
        AllowOtherTypes = [.. variants.SelectMany(v => v.AllowOtherTypes)];
        MaxBytes = variants.Select(v => v.MaxBytes).LastOrDefault(m => m is not null)
            ?? (side == MediationSide.Request ? RequestMaxBytes : ResponseMaxBytes);
        PassThroughOnError = variants.Any(v => v.PassThroughOnError) && !Hides;
        _runs = new DefaultObjectPool<MediationRun>(new RunPolicy(this));
    }

    public MediationSide Side { get; }

    public StepChain Chain { get; }

    public ErrorPlan? Errors { get; }

    /// <summary>Whether the body is an error whatever it says.</summary>
    public bool IsError { get; }

    /// <summary>Whether the body stays as it is, byte for byte, unless it turns out to be an error.</summary>
    public bool IsUntouched { get; }

    /// <summary>The format of the body; null for JSON.</summary>
    public BodyFormat? From { get; }

    /// <summary>The format that the body becomes; null for JSON.</summary>
    public BodyFormat? To { get; }

    /// <summary>The types of bodies that the steps take.</summary>
    public IReadOnlyList<MediaRange> Accept { get; }

    public IReadOnlyList<MediaRange> AllowOtherTypes { get; }

    /// <summary>The cap of decoded bytes.</summary>
    public long MaxBytes { get; }

    public bool PassThroughOnError { get; }

    /// <summary>Whether something of the body must not reach the client.</summary>
    public bool Hides => Chain.Hides || Errors is { Hide.Count: > 0 };

    /// <summary>Why a body is kept in memory; null when it passes through.</summary>
    public string? BufferedBecause => IsError ? "Errors" : Errors is not null ? "Errors.If" : Chain.BufferedBecause ?? (PassThroughOnError ? "OnError PassThrough" : null);

    /// <summary>Begins to mediate a body; the run must be returned.</summary>
    public MediationRun Begin(IMediationContext context, CancellationToken cancellation = default)
    {
        var run = _runs.Get();
        run.Begin(context, cancellation);
        return run;
    }

    public void Return(MediationRun run) => _runs.Return(run);

    private sealed class RunPolicy(MediationProgram program) : PooledObjectPolicy<MediationRun>
    {
        public override MediationRun Create() => new(program);

        public override bool Return(MediationRun run) => run.TryReset();
    }
}
