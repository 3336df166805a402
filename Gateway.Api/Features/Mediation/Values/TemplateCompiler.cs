using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Values;

/// <summary>Makes templates of the values in a plan.</summary>
internal static class TemplateCompiler
{
    /// <summary>A value whose texts may hold placeholders, as Set takes it.</summary>
    public static Template Value(DocumentNode node, PlanScope scope) => node switch
    {
        ScalarNode { Scalar: ScalarKind.String } text => TextTemplateParser.Parse(text.Text, scope.At(node), fields: false),
        ObjectNode o => Object([.. o.Members.Select(m => KeyValuePair.Create(m.Name, Value(m.Value, scope.Key(m.Name, m.Value))))]),
        ArrayNode a => Array([.. a.Items.Select((item, i) => Value(item, scope.Item(i, item)))]),
        _ => new ConstantTemplate(Literal(node)),
    };

    public static Template Object(IReadOnlyList<KeyValuePair<string, Template>> members) => members.All(m => m.Value.IsConstant)
        ? new ConstantTemplate(new JsonObject([.. members.Select(m => KeyValuePair.Create(m.Key, m.Value.Constant))]))
        : new ObjectTemplate(members);

    public static Template Array(IReadOnlyList<Template> items) => items.All(i => i.IsConstant)
        ? new ConstantTemplate(new JsonArray([.. items.Select(i => i.Constant)]))
        : new ArrayTemplate(items);

    /// <summary>The value as it stands, without placeholders.</summary>
    public static JsonValue Literal(DocumentNode node) => node switch
    {
        ObjectNode o => new JsonObject([.. o.Members.Select(m => KeyValuePair.Create(m.Name, Literal(m.Value)))]),
        ArrayNode a => new JsonArray([.. a.Items.Select(Literal)]),
        ScalarNode { Scalar: ScalarKind.String } s => new JsonText(s.Text),
        ScalarNode { Scalar: ScalarKind.Number } s => new JsonNumber(s.Text),
        ScalarNode { Scalar: ScalarKind.Boolean } s => JsonLiteral.Of(s.Text == "true"),
        _ => JsonLiteral.Null,
    };
}
