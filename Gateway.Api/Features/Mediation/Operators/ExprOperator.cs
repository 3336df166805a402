using Gateway.Configuration;
using Gateway.Features.Mediation.Expressions;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Writes what JMESPath expressions give, at paths or as the whole body.
/// <code>{ "Expr": { "full_name": "join(' ', [name.first, name.last])" } }  { "Expr": "items[?active]" }</code>
/// Buffers. All expressions see the body before the step (A10). An expression that gives null writes null; one that fails refuses the body
/// (A19). Parents are treated as by Set (A08).
/// </summary>
internal sealed class ExprOperator : Operator
{
    public override string Name => "Expr";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        if (value is ScalarNode) return PlanExpressions.Parse(value, scope) is { } whole ? new WholeStep(whole) : null;
        var entries = PlanPaths.Map(value, scope, PathKinds.Names);
        PlanPaths.RefuseNested(entries);
        var writes = new List<(JsonPath, Expression)>();
        foreach (var (path, node, place) in entries)
            if (PlanExpressions.Parse(node, place) is { } expression) writes.Add((path, expression));
        return writes.Count == 0 ? null : new WriteExpressionsStep(writes) { Effects = StepEffect.All(EffectKind.Writes, writes.Select(w => w.Item1)) };
    }

    private sealed class WholeStep(Expression expression) : ImmediateStep
    {
        // The receiver gets what the expression picks, and nothing else of the body.
        public override bool Hides => true;

        protected override JsonValue Apply(JsonValue body, Execution execution) => expression.Evaluate(body);
    }

    private sealed class WriteExpressionsStep(IReadOnlyList<(JsonPath Path, Expression Expression)> writes) : ImmediateStep
    {
        protected override JsonValue Apply(JsonValue body, Execution execution)
        {
            var values = writes.Select(w => w.Expression.Evaluate(body)).ToArray();
            for (var i = 0; i < values.Length; i++) body = PathWriter.Write(body, writes[i].Path, values[i]);
            return body;
        }
    }
}
