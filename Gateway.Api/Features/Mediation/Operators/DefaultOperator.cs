using Gateway.Configuration;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Writes values where there is none yet, or null.
/// <code>{ "Default": { "note": "", "page.size": 20 } }</code>
/// Streams, unless a path counts from an array's end. Parents are treated as by Set (A08).
/// </summary>
internal sealed class DefaultOperator : Operator
{
    public override string Name => "Default";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var entries = PlanPaths.Map(value, scope, PathKinds.Many);
        PlanPaths.RefuseNested(entries);
        return entries.Count == 0 ? null
            : new WriteStep([.. entries.Select(e => e.Path)], [.. entries.Select(e => TemplateCompiler.Value(e.Value, e.Scope))], onlyMissing: true) { Effects = StepEffect.All(EffectKind.Writes, entries.Select(e => e.Path)) };
    }
}
