using System.Text.RegularExpressions;
using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Values;

namespace Gateway.Features.Mediation.Schemas;

/// <summary>
/// Compiles JSON Schemas, draft-07. References stay within their document. A keyword that isn't known is a problem: a misspelt one must not
/// switch a check off.
/// </summary>
internal sealed class SchemaCompiler
{
    // They describe; they demand nothing.
    private static readonly string[] Annotations =
    [
        "$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default", "examples", "example", "readOnly", "writeOnly",
        "deprecated", "contentEncoding", "contentMediaType", "then", "else", "additionalItems",
    ];

    private static readonly string[] Keywords =
    [
        "$ref", "type", "enum", "const", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength",
        "pattern", "items", "maxItems", "minItems", "uniqueItems", "contains", "maxProperties", "minProperties", "required",
        "properties", "patternProperties", "additionalProperties", "dependencies", "propertyNames", "if", "allOf", "anyOf", "oneOf", "not", "format",
    ];

    private readonly DocumentNode _root;
    private readonly PlanScope _scope;
    private readonly SchemaValueChecks _values;
    private readonly Dictionary<DocumentNode, Schema> _known = new(ReferenceEqualityComparer.Instance);

    private SchemaCompiler(DocumentNode root, PlanScope scope)
    {
        _root = root;
        _scope = scope;
        _values = new SchemaValueChecks(scope);
    }

    public static Schema Compile(DocumentNode root, PlanScope scope) => new SchemaCompiler(root, scope).Get(root);

    private Schema Get(DocumentNode node)
    {
        if (_known.TryGetValue(node, out var known)) return known;
        var schema = new Schema();
        _known.Add(node, schema);
        switch (node)
        {
            case ObjectNode o:
                Fill(schema, o);
                break;
            case ScalarNode { Scalar: ScalarKind.Boolean } b:
                if (b.Text == "false") schema.Add((_, pointer, errors) => errors.Add(pointer, "must not be here"));
                break;
            default:
                _values.Wrong(node, "a schema is an object, true or false");
                break;
        }
        return schema;
    }

    private void Fill(Schema schema, ObjectNode node)
    {
        if (node.FindExact("$ref") is { } reference)
        {
            // Draft-07: what stands beside $ref doesn't count.
            if (Resolve(reference.Value) is { } target) schema.Add(Get(target).Check);
            return;
        }
        foreach (var (name, _, value) in node.Members)
        {
            if (Annotations.Contains(name) || name.StartsWith("x-", StringComparison.Ordinal)) continue;
            if (!Keywords.Contains(name))
            {
                var near = Spelling.Nearest(name, Keywords);
                _scope.At(value).Error(ProblemCodes.UnknownKey, $"'{name}' is no keyword of draft-07, and nothing would be checked",
                    near is null ? "Leave it out, or begin it with x-" : $"Did you mean '{near}'?");
                continue;
            }
            if (Keyword(node, name, value) is { } check) schema.Add(check);
        }
    }

    private SchemaCheck? Keyword(ObjectNode schema, string name, DocumentNode value) => name switch
    {
        "type" => _values.Type(value),
        "enum" => value is ArrayNode list ? SchemaChecks.OneOf([.. list.Items.Select(TemplateCompiler.Literal)]) : _values.Wrong(value, "enum is a list of values"),
        "const" => SchemaChecks.OneOf([TemplateCompiler.Literal(value)]),
        "multipleOf" or "maximum" or "exclusiveMaximum" or "minimum" or "exclusiveMinimum" => _values.Number(name, value),
        "maxLength" or "minLength" or "maxItems" or "minItems" or "maxProperties" or "minProperties" => _values.Size(name, value),
        "pattern" => _values.Pattern(value),
        "format" => _values.Format(value),
        "items" => Items(schema, value),
        "uniqueItems" => value is ScalarNode { Text: "true" } ? SchemaChecks.Unique : null,
        "contains" => SchemaChecks.Contains(Get(value)),
        "required" => value is ArrayNode names ? SchemaChecks.Required([.. names.Items.OfType<ScalarNode>().Select(n => n.Text)]) : _values.Wrong(value, "required is a list of names"),
        "properties" or "patternProperties" or "additionalProperties" => name == FirstOf(schema, "properties", "patternProperties", "additionalProperties") ? Properties(schema) : null,
        "dependencies" => value is ObjectNode o ? Dependencies(o) : _values.Wrong(value, "dependencies is an object"),
        "propertyNames" => SchemaChecks.PropertyNames(Get(value)),
        "if" => Condition(schema, Get(value)),
        "allOf" => SchemaChecks.All(Schemas(value)),
        "anyOf" => SchemaChecks.Any(Schemas(value)),
        "oneOf" => SchemaChecks.ExactlyOne(Schemas(value)),
        "not" => SchemaChecks.Not(Get(value)),
        _ => null,
    };

    private static string? FirstOf(ObjectNode schema, params string[] names) => schema.Members.FirstOrDefault(m => names.Contains(m.Name))?.Name;

    private Schema[] Schemas(DocumentNode node)
    {
        if (node is ArrayNode { Items.Count: > 0 } list) return [.. list.Items.Select(Get)];
        _values.Wrong(node, "a list of schemas is needed");
        return [];
    }

    private SchemaCheck Items(ObjectNode schema, DocumentNode node)
    {
        if (node is not ArrayNode tuple)
        {
            var each = Get(node);
            return (value, pointer, errors) =>
            {
                if (value is not JsonArray array) return;
                for (var i = 0; i < array.Items.Count; i++) each.Check(array.Items[i], $"{pointer}/{i}", errors);
            };
        }
        var places = tuple.Items.Select(Get).ToArray();
        var rest = schema.FindExact("additionalItems") is { } additional ? Get(additional.Value) : null;
        return (value, pointer, errors) =>
        {
            if (value is not JsonArray array) return;
            for (var i = 0; i < array.Items.Count; i++) (i < places.Length ? places[i] : rest)?.Check(array.Items[i], $"{pointer}/{i}", errors);
        };
    }

    private SchemaCheck Properties(ObjectNode schema)
    {
        var properties = new Dictionary<string, Schema>(StringComparer.Ordinal);
        foreach (var member in (schema.FindExact("properties")?.Value as ObjectNode)?.Members ?? []) properties[member.Name] = Get(member.Value);
        var patterns = new List<(Regex Pattern, Schema Schema)>();
        foreach (var member in (schema.FindExact("patternProperties")?.Value as ObjectNode)?.Members ?? [])
            if (_values.Expression(member.Value, member.Name) is { } pattern) patterns.Add((pattern, Get(member.Value)));
        var others = schema.FindExact("additionalProperties") is { } additional ? Get(additional.Value) : null;
        return (value, pointer, errors) =>
        {
            if (value is not JsonObject o) return;
            foreach (var (name, member) in o.Members)
            {
                var below = $"{pointer}/{JsonPointer.Escape(name)}";
                var isKnown = properties.TryGetValue(name, out var property);
                property?.Check(member, below, errors);
                foreach (var (pattern, matching) in patterns)
                {
                    if (!pattern.IsMatch(name)) continue;
                    isKnown = true;
                    matching.Check(member, below, errors);
                }
                if (!isKnown) others?.Check(member, below, errors);
            }
        };
    }

    private SchemaCheck Dependencies(ObjectNode node)
    {
        var needed = node.Members.Select(m => (m.Name, Check: m.Value is ArrayNode names
            ? SchemaChecks.Required([.. names.Items.OfType<ScalarNode>().Select(n => n.Text)])
            : Get(m.Value).Check)).ToArray();
        return (value, pointer, errors) =>
        {
            if (value is not JsonObject o) return;
            foreach (var (name, check) in needed)
                if (o.IndexOf(name) >= 0) check(value, pointer, errors);
        };
    }

    private SchemaCheck Condition(ObjectNode schema, Schema condition)
    {
        var then = schema.FindExact("then") is { } t ? Get(t.Value) : null;
        var otherwise = schema.FindExact("else") is { } e ? Get(e.Value) : null;
        return (value, pointer, errors) => (condition.Fits(value, errors) ? then : otherwise)?.Check(value, pointer, errors);
    }

    // "#", "#/definitions/x", or the $id of a schema in the document.
    private DocumentNode? Resolve(DocumentNode reference)
    {
        if (reference is not ScalarNode { Scalar: ScalarKind.String } text)
        {
            _values.Wrong(reference, "$ref is a text");
            return null;
        }
        var target = text.Text.StartsWith('#') && (text.Text.Length == 1 || text.Text[1] == '/') ? SchemaReferences.Follow(_root, Uri.UnescapeDataString(text.Text[1..])) : SchemaReferences.WithId(_root, text.Text);
        if (target is null) _scope.At(reference).Invalid($"$ref leads nowhere: {text.Text}", "References stay within the schema: #/definitions/name");
        return target;
    }
}
