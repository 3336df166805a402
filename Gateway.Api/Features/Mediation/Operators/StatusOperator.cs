using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Sets the answer's status.
/// <code>{ "Status": 202 }  { "Status": { "From": "code", "Map": { "NOT_FOUND": 404, "*": 502 } } }</code>
/// Buffers where it looks into the body. What the table doesn't have takes <c>*</c>, or leaves the status as it is. On a request it is a
/// problem of the plan (A31).
/// </summary>
internal sealed class StatusOperator : Operator
{
    public override string Name => "Status";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        if (scope.Side == MediationSide.Request)
        {
            scope.Error(ProblemCodes.MisplacedKey, "a request has no status", "Move the step to Response");
            return null;
        }
        if (value is not ObjectNode) return StatusTable.Status(value, scope) is { } status ? new ConstantStep(status) : null;
        if (PlanOptions.Read(value, scope, "From", "Map") is not { } options) return null;
        if (options.Find("From") is null) scope.Error(ProblemCodes.Missing, "From isn't there", "Name the field that decides");
        var from = options.Text("From") is { } text ? PlanPaths.Parse(text, options.At("From"), PathKinds.One) : null;
        if (options.Find("Map") is not { } map)
        {
            scope.Error(ProblemCodes.Missing, "Map isn't there", "Write a status for each value: { \"NOT_FOUND\": 404 }");
            return null;
        }
        return StatusTable.Compile(map, options.At("Map")) is { } table && from is not null ? new FieldStep(from, table) : null;
    }

    private sealed class ConstantStep(int status) : StreamingStep
    {
        public override bool KeepsShape => true;

        public override Transformer Open(JsonSink next) => new EffectTransformer(next, e => e.Outcome.Status = status);
    }

    private sealed class FieldStep(JsonPath from, StatusTable table) : ImmediateStep
    {
        public override bool KeepsShape => true;

        protected override JsonValue Apply(JsonValue body, Execution execution)
        {
            if (table.Find(PathReader.First(body, from)) is { } status) execution.Outcome.Status = status;
            return body;
        }
    }
}
