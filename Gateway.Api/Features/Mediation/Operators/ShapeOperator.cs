using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Writes the answer down.
/// <code>{ "Shape": { "id": "$.key", "tags": "$.labels[*].name", "rows": { "$each": "$.items", "$as": { "n": "$.no" } } } }</code>
/// Buffers. A text that begins with <c>$</c> is a path, <c>$$</c> a dollar; other texts may hold placeholders. A member whose path matches
/// nothing is left out, an element becomes null; inside <c>$as</c> a path begins at the element (A18).
/// </summary>
internal sealed class ShapeOperator : Operator
{
    public override string Name => "Shape";

    public override Step Compile(DocumentNode value, PlanOptions step, PlanScope scope) => new ShapeStep(ShapeCompiler.Compile(value, scope));

    private sealed class ShapeStep(Template shape) : ImmediateStep
    {
        // The receiver gets what is written down, and nothing else of the body.
        public override bool Hides => true;

        protected override JsonValue Apply(JsonValue body, Execution execution) =>
            shape.Evaluate(new TemplateInput(execution.Context, body)) ?? JsonLiteral.Null;
    }
}
