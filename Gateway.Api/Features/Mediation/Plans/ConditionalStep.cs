using Gateway.Features.Mediation.Expressions;
using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Plans;

/// <summary>A step with <c>If</c>: runs where a JMESPath condition on the body, as the steps before left it, is true (A36).</summary>
internal sealed class ConditionalStep(Expression condition, Step step) : BufferedStep
{
    private readonly StepChain _then = new([step]);

    public override string Reason => "If";

    public override bool Hides => step.Hides;

    public override async ValueTask<JsonValue> ApplyAsync(JsonValue body, Execution execution) =>
        condition.IsTrue(body) ? await _then.ApplyAsync(body, execution) : body;
}
