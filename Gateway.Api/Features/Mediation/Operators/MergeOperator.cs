using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Merges a constant into the body (RFC 7396): objects are merged member by member, null takes a member away, anything else replaces.
/// <code>{ "Merge": { "links": { "self": "{path}" }, "debug": null } }</code>
/// Buffers.
/// </summary>
internal sealed class MergeOperator : Operator
{
    public override string Name => "Merge";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        if (value is ObjectNode) return new MergeStep(TemplateCompiler.Value(value, scope));
        scope.WrongType(value, "an object to merge", "Set replaces the whole body: { \"Set\": { \"$\": … } }");
        return null;
    }

    private sealed class MergeStep(Template patch) : ImmediateStep
    {
        protected override JsonValue Apply(JsonValue body, Execution execution) => Merge(body, execution.Resolve(patch));

        private static JsonValue Merge(JsonValue target, JsonValue patch)
        {
            if (patch is not JsonObject changes) return patch;
            var result = target as JsonObject ?? JsonObject.Empty;
            foreach (var (name, value) in changes.Members)
                result = value.IsNull ? result.Without(name) : result.With(name, Merge(result[name] ?? JsonLiteral.Null, value));
            return result;
        }
    }
}
