using System.Collections.Frozen;
using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Streaming;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Sets headers of the answer, or of what the service receives, and removes them with null.
/// <code>{ "Header": { "X-Total": "$.total", "X-Tenant": "{claim:tenant}", "Server": null } }</code>
/// Buffers where a value is a path. A header whose path matches nothing isn't set; a list of scalars gives the header several times; a value
/// with a control character fails the body (A31).
/// </summary>
internal sealed class HeaderOperator : Operator
{
    // What frames the message belongs to the gateway.
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Content-Length", "Transfer-Encoding", "Content-Encoding", "Connection", "Keep-Alive", "Upgrade", "Trailer", "TE", "Host");

    public override string Name => "Header";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        if (value is not ObjectNode o)
        {
            scope.WrongType(value, "an object of headers");
            return null;
        }
        var headers = new List<(string, Template?)>();
        var needsBody = false;
        foreach (var member in o.Members)
        {
            var place = scope.Key(member.Name, member.Value);
            if (!IsToken(member.Name)) place.At(member.NameOrigin).Invalid($"'{member.Name}' is no header name");
            else if (Reserved.Contains(member.Name))
                place.At(member.NameOrigin).Invalid($"{member.Name} follows from the body and the connection, and can't be set here", "Leave it out");
            if (member.Value is not ScalarNode scalar) place.WrongType(member.Value, "a text, a path or null");
            else
            {
                needsBody |= scalar.Scalar == ScalarKind.String && scalar.Text.StartsWith('$') && !scalar.Text.StartsWith("$$", StringComparison.Ordinal);
                headers.Add((member.Name, scalar.Scalar == ScalarKind.Null ? null : ShapeCompiler.Compile(scalar, place)));
            }
        }
        if (headers.Count == 0) return null;
        return needsBody ? new BodyStep(headers) : new ContextStep(headers);
    }

    private static bool IsToken(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));

    private static void Apply(IReadOnlyList<(string Name, Template? Value)> headers, JsonValue body, Execution execution)
    {
        foreach (var (name, template) in headers)
        {
            if (template is null)
            {
                execution.Outcome.SetHeader(name, null);
                continue;
            }
            if (template.Evaluate(new TemplateInput(execution.Context, body)) is not { IsNull: false } value) continue;
            var values = (value as JsonArray)?.Items ?? [value];
            for (var i = 0; i < values.Count; i++)
            {
                var text = values[i].AsScalarText ?? throw MediationFailure.Unprocessable($"The value of the header {name} is neither text, number nor boolean");
                if (text.Any(c => char.IsControl(c) || c > 0xff)) throw MediationFailure.Unprocessable($"The value of the header {name} holds a character that no header can hold");
                if (i == 0) execution.Outcome.SetHeader(name, text);
                else execution.Outcome.AddHeader(name, text);
            }
        }
    }

    private sealed class BodyStep(IReadOnlyList<(string, Template?)> headers) : ImmediateStep
    {
        public override bool KeepsShape => true;

        protected override JsonValue Apply(JsonValue body, Execution execution)
        {
            HeaderOperator.Apply(headers, body, execution);
            return body;
        }
    }

    private sealed class ContextStep(IReadOnlyList<(string, Template?)> headers) : StreamingStep
    {
        public override bool KeepsShape => true;

        public override Transformer Open(JsonSink next) => new EffectTransformer(next, e => HeaderOperator.Apply(headers, JsonLiteral.Null, e));
    }
}
