using Gateway.Configuration;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Writes values.
/// <code>{ "Set": { "channel": "WEB", "user.id": "{claim:sub}", "items[*].checked": true } }</code>
/// Streams, unless a path counts from an array's end. Missing parent objects are made, new members go to the end of their object, a member
/// that is there keeps its place; a parent of another type fails the body (A08).
/// </summary>
internal sealed class SetOperator : Operator
{
    public override string Name => "Set";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        var entries = PlanPaths.Map(value, scope, PathKinds.Many);
        PlanPaths.RefuseNested(entries);
        return entries.Count == 0 ? null
            : new WriteStep([.. entries.Select(e => e.Path)], [.. entries.Select(e => TemplateCompiler.Value(e.Value, e.Scope))], onlyMissing: false) { Effects = StepEffect.All(EffectKind.Writes, entries.Select(e => e.Path)) };
    }
}
