using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Hands the body to a handler written in C# (<see cref="IPayloadHandler"/>).
/// <code>{ "Handler": "PriceList" }</code>
/// Buffers.
/// </summary>
internal sealed class HandlerOperator : Operator
{
    public override string Name => "Handler";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        if (value is not ScalarNode { Scalar: ScalarKind.String } name)
        {
            scope.WrongType(value, "the name of a handler");
            return null;
        }
        var handlers = scope.Services.Handlers;
        if (handlers.FirstOrDefault(h => h.Name.Equals(name.Text, StringComparison.OrdinalIgnoreCase)) is { } handler) return new HandlerStep(handler);
        var near = Spelling.Nearest(name.Text, handlers.Select(h => h.Name));
        scope.Error(ProblemCodes.UnknownReference, $"no handler '{name.Text}' is registered",
            near is not null ? $"Did you mean '{near}'?" : handlers.Count == 0 ? "None is; register an IPayloadHandler" : $"Registered are {string.Join(", ", handlers.Select(h => h.Name))}");
        return null;
    }

    private sealed class HandlerStep(IPayloadHandler handler) : BufferedStep
    {
        public override async ValueTask<JsonValue> ApplyAsync(JsonValue body, Execution execution)
        {
            var result = await handler.HandleAsync(body.ToUtf8(), execution);
            return JsonParser.TryParse(result.Span, out var value) ? value : throw MediationFailure.Unprocessable($"The handler {handler.Name} gave no JSON");
        }
    }
}
