using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Values;

/// <summary>
/// Makes a template of an output that is written down: a text that begins with <c>$</c> is a path, <c>$$</c> a dollar, and
/// <c>{ "$each": path, "$as": output }</c> an array.
/// </summary>
internal static class ShapeCompiler
{
    /// <param name="node">The output.</param>
    /// <param name="scope">Where problems go.</param>
    /// <param name="fields">Whether placeholders that are no context values are fields of the body, as in <c>Problem</c>.</param>
    public static Template Compile(DocumentNode node, PlanScope scope, bool fields = false) => node switch
    {
        ScalarNode { Scalar: ScalarKind.String } text => Text(text, scope.At(node), fields),
        ObjectNode o when o.FindExact("$each") is not null || o.FindExact("$as") is not null => Each(o, scope, fields),
        ObjectNode o => TemplateCompiler.Object([.. o.Members.Select(m => KeyValuePair.Create(m.Name, Compile(m.Value, scope.Key(m.Name, m.Value), fields)))]),
        ArrayNode a => TemplateCompiler.Array([.. a.Items.Select((item, i) => Compile(item, scope.Item(i, item), fields))]),
        _ => new ConstantTemplate(TemplateCompiler.Literal(node)),
    };

    private static Template Text(ScalarNode text, PlanScope scope, bool fields)
    {
        if (text.Text.StartsWith("$$", StringComparison.Ordinal)) return TextTemplateParser.Parse(text.Text[1..], scope, fields);
        if (!text.Text.StartsWith('$')) return TextTemplateParser.Parse(text.Text, scope, fields);
        return Path(text.Text, scope) is { } path ? new BodyPathTemplate(path) : new ConstantTemplate(JsonLiteral.Null);
    }

    private static Template Each(ObjectNode node, PlanScope scope, bool fields)
    {
        foreach (var member in node.Members)
            if (member.Name is not ("$each" or "$as"))
                scope.Key(member.Name, member.Value).Error(ProblemCodes.UnknownKey, $"'{member.Name}' can't stand beside $each and $as", "Put it into $as");
        if (node.FindExact("$each") is not { Value: ScalarNode { Scalar: ScalarKind.String } each })
        {
            scope.Error(ProblemCodes.Missing, "$each has to be the path of an array", "Write { \"$each\": \"$.rows\", \"$as\": { … } }");
            return new ConstantTemplate(JsonLiteral.Null);
        }
        if (node.FindExact("$as") is not { } shape)
        {
            scope.Error(ProblemCodes.Missing, "$as isn't there", "Write down what each element becomes");
            return new ConstantTemplate(JsonLiteral.Null);
        }
        var element = Compile(shape.Value, scope.Key("$as", shape.Value), fields);
        return Path(each.Text, scope.Key("$each", each)) is { } path ? new EachTemplate(path, element) : new ConstantTemplate(JsonLiteral.Null);
    }

    private static JsonPath? Path(string text, PlanScope scope)
    {
        if (text.Length > 1 && text[0] == '$' && text[1] is not ('.' or '['))
        {
            scope.Invalid($"'{text}' begins like a path and is none", $"Write '$.{text[1..]}' for a member, or '${text}' for a text with a dollar");
            return null;
        }
        return PlanPaths.Parse(text, scope);
    }
}
