using System.Globalization;
using System.Numerics;
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
    private static readonly string[] Types = ["null", "boolean", "object", "array", "number", "string", "integer"];

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
    private readonly Dictionary<DocumentNode, Schema> _known = new(ReferenceEqualityComparer.Instance);

    private SchemaCompiler(DocumentNode root, PlanScope scope)
    {
        _root = root;
        _scope = scope;
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
                Wrong(node, "a schema is an object, true or false");
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
        "type" => Type(value),
        "enum" => value is ArrayNode list ? OneOf([.. list.Items.Select(TemplateCompiler.Literal)]) : Wrong(value, "enum is a list of values"),
        "const" => OneOf([TemplateCompiler.Literal(value)]),
        "multipleOf" or "maximum" or "exclusiveMaximum" or "minimum" or "exclusiveMinimum" => Number(name, value),
        "maxLength" or "minLength" or "maxItems" or "minItems" or "maxProperties" or "minProperties" => Size(name, value),
        "pattern" => Pattern(value),
        "format" => Format(value),
        "items" => Items(schema, value),
        "uniqueItems" => value is ScalarNode { Text: "true" } ? Unique : null,
        "contains" => Contains(Get(value)),
        "required" => value is ArrayNode names ? Required([.. names.Items.OfType<ScalarNode>().Select(n => n.Text)]) : Wrong(value, "required is a list of names"),
        "properties" or "patternProperties" or "additionalProperties" => name == FirstOf(schema, "properties", "patternProperties", "additionalProperties") ? Properties(schema) : null,
        "dependencies" => value is ObjectNode o ? Dependencies(o) : Wrong(value, "dependencies is an object"),
        "propertyNames" => PropertyNames(Get(value)),
        "if" => Condition(schema, Get(value)),
        "allOf" => All(Schemas(value)),
        "anyOf" => Any(Schemas(value)),
        "oneOf" => ExactlyOne(Schemas(value)),
        "not" => Not(Get(value)),
        _ => null,
    };

    private SchemaCheck? Wrong(DocumentNode node, string message)
    {
        _scope.At(node).Invalid($"the schema can't be used: {message}, and this is {node.Kind}");
        return null;
    }

    private static string? FirstOf(ObjectNode schema, params string[] names) => schema.Members.FirstOrDefault(m => names.Contains(m.Name))?.Name;

    private Schema[] Schemas(DocumentNode node)
    {
        if (node is ArrayNode { Items.Count: > 0 } list) return [.. list.Items.Select(Get)];
        Wrong(node, "a list of schemas is needed");
        return [];
    }

    private SchemaCheck? Type(DocumentNode node)
    {
        DocumentNode[] items = node is ArrayNode list ? [.. list.Items] : [node];
        var types = new List<string>();
        foreach (var item in items)
        {
            if (item is ScalarNode { Scalar: ScalarKind.String } text && Types.Contains(text.Text)) types.Add(text.Text);
            else return Wrong(item, $"type is one of {string.Join(", ", Types)}");
        }
        var sentence = $"must be {string.Join(" or ", types)}";
        return (value, pointer, errors) =>
        {
            foreach (var type in types)
                if (IsOf(value, type)) return;
            errors.Add(pointer, sentence);
        };
    }

    private static bool IsOf(JsonValue value, string type) => type switch
    {
        "null" => value.IsNull,
        "boolean" => value is JsonLiteral && !value.IsNull,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "number" => value is JsonNumber,
        "string" => value is JsonText,
        _ => value is JsonNumber number && number.Exact.IsInteger,
    };

    private static SchemaCheck OneOf(IReadOnlyList<JsonValue> allowed) => (value, pointer, errors) =>
    {
        foreach (var item in allowed)
            if (JsonComparison.AreEqual(item, value)) return;
        errors.Add(pointer, "must be one of the values that the schema lists");
    };

    private SchemaCheck? Number(string name, DocumentNode node)
    {
        if (node is not ScalarNode { Scalar: ScalarKind.Number } number) return Wrong(node, $"{name} is a number");
        var bound = JsonDecimal.Parse(number.Text);
        if (name == "multipleOf")
        {
            if (bound.IsZero || bound.Negative || !bound.IsModest) return Wrong(node, "multipleOf is a number above 0");
            return (value, pointer, errors) =>
            {
                if (value is not JsonNumber n || IsMultiple(n.Exact, bound)) return;
                errors.Add(pointer, $"must be a multiple of {number.Text}");
            };
        }
        var sentence = name switch
        {
            "maximum" => $"must be at most {number.Text}",
            "exclusiveMaximum" => $"must be less than {number.Text}",
            "minimum" => $"must be at least {number.Text}",
            _ => $"must be more than {number.Text}",
        };
        return (value, pointer, errors) =>
        {
            if (value is not JsonNumber n) return;
            var order = n.Exact.CompareTo(bound);
            if (name switch { "maximum" => order <= 0, "exclusiveMaximum" => order < 0, "minimum" => order >= 0, _ => order > 0 }) return;
            errors.Add(pointer, sentence);
        };
    }

    private static bool IsMultiple(JsonDecimal value, JsonDecimal of)
    {
        if (!value.IsModest) return false;
        var scale = (int)Math.Max(value.Scale, of.Scale);
        return (value.Unscaled(scale) % of.Unscaled(scale)).IsZero;
    }

    private SchemaCheck? Size(string name, DocumentNode node)
    {
        if (node is not ScalarNode { Scalar: ScalarKind.Number } number || !JsonDecimal.Parse(number.Text).IsInteger || JsonDecimal.Parse(number.Text).Negative)
            return Wrong(node, $"{name} is a whole number");
        var bound = BigInteger.Min(JsonDecimal.Parse(number.Text).Unscaled(0), int.MaxValue);
        var isMax = name.StartsWith("max", StringComparison.Ordinal);
        var what = name[3..] switch { "Length" => "characters", "Items" => "elements", _ => "members" };
        return (value, pointer, errors) =>
        {
            int? size = (what, value) switch
            {
                ("characters", JsonText text) => text.Value.EnumerateRunes().Count(),
                ("elements", JsonArray array) => array.Items.Count,
                ("members", JsonObject o) => o.Members.Count,
                _ => null,
            };
            if (size is null || (isMax ? size <= bound : size >= bound)) return;
            errors.Add(pointer, string.Create(CultureInfo.InvariantCulture, $"must have at {(isMax ? "most" : "least")} {bound} {what}"));
        };
    }

    private SchemaCheck? Pattern(DocumentNode node) => Expression(node) is { } pattern
        ? (value, pointer, errors) =>
        {
            if (value is JsonText text && !pattern.IsMatch(text.Value)) errors.Add(pointer, "must match the pattern");
        }
        : null;

    private Regex? Expression(DocumentNode node, string? text = null)
    {
        text ??= (node as ScalarNode)?.Text;
        try
        {
            if (text is not null) return SchemaPattern.Compile(text);
            Wrong(node, "a pattern is a text");
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            _scope.At(node).Invalid($"the pattern can't be used: {e.Message}", "Patterns work without look-around and back-references");
        }
        return null;
    }

    private SchemaCheck? Format(DocumentNode node)
    {
        if (node is not ScalarNode { Scalar: ScalarKind.String } name) return Wrong(node, "format is a name");
        if (SchemaFormats.Find(name.Text) is not { } fits) return null;
        return (value, pointer, errors) =>
        {
            if (value is JsonText text && !fits(text.Value)) errors.Add(pointer, $"must be in the format {name.Text}");
        };
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

    private static void Unique(JsonValue value, string pointer, SchemaErrors errors)
    {
        if (value is not JsonArray array) return;
        // Values that are equal have equal keys; within a key the few are compared with each other.
        var groups = array.Items.GroupBy(SortingKey, StringComparer.Ordinal).Where(g => g.Skip(1).Any());
        foreach (var group in groups)
        {
            var items = group.ToArray();
            for (var i = 0; i < items.Length; i++)
                for (var j = 0; j < i; j++)
                    if (JsonComparison.AreEqual(items[i], items[j]))
                    {
                        errors.Add(pointer, "must not have two equal elements");
                        return;
                    }
        }
    }

    private static string SortingKey(JsonValue value) => value switch
    {
        JsonText text => $"s{text.Value}",
        JsonNumber { Exact: var exact } => $"n{exact.Negative}{exact.Digits}e{exact.Exponent}",
        JsonArray array => $"a[{string.Join(',', array.Items.Select(SortingKey))}]",
        JsonObject o => $"o{{{string.Join(',', o.Members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}:{SortingKey(m.Value)}"))}}}",
        _ => value.AsScalarText ?? "null",
    };

    private static SchemaCheck Contains(Schema schema) => (value, pointer, errors) =>
    {
        if (value is JsonArray array && !array.Items.Any(i => schema.Fits(i, errors))) errors.Add(pointer, "must have an element that the schema asks for");
    };

    private static SchemaCheck Required(string[] names) => (value, pointer, errors) =>
    {
        if (value is not JsonObject o) return;
        foreach (var name in names)
            if (o.IndexOf(name) < 0) errors.Add(pointer, $"must have the member '{name}'");
    };

    private SchemaCheck Properties(ObjectNode schema)
    {
        var properties = new Dictionary<string, Schema>(StringComparer.Ordinal);
        foreach (var member in (schema.FindExact("properties")?.Value as ObjectNode)?.Members ?? []) properties[member.Name] = Get(member.Value);
        var patterns = new List<(Regex Pattern, Schema Schema)>();
        foreach (var member in (schema.FindExact("patternProperties")?.Value as ObjectNode)?.Members ?? [])
            if (Expression(member.Value, member.Name) is { } pattern) patterns.Add((pattern, Get(member.Value)));
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
            ? Required([.. names.Items.OfType<ScalarNode>().Select(n => n.Text)])
            : Get(m.Value).Check)).ToArray();
        return (value, pointer, errors) =>
        {
            if (value is not JsonObject o) return;
            foreach (var (name, check) in needed)
                if (o.IndexOf(name) >= 0) check(value, pointer, errors);
        };
    }

    private static SchemaCheck PropertyNames(Schema schema) => (value, pointer, errors) =>
    {
        if (value is not JsonObject o) return;
        foreach (var (name, _) in o.Members)
            if (!schema.Fits(new JsonText(name), errors)) errors.Add($"{pointer}/{JsonPointer.Escape(name)}", "must have another name");
    };

    private SchemaCheck Condition(ObjectNode schema, Schema condition)
    {
        var then = schema.FindExact("then") is { } t ? Get(t.Value) : null;
        var otherwise = schema.FindExact("else") is { } e ? Get(e.Value) : null;
        return (value, pointer, errors) => (condition.Fits(value, errors) ? then : otherwise)?.Check(value, pointer, errors);
    }

    private static SchemaCheck All(Schema[] schemas) => (value, pointer, errors) =>
    {
        foreach (var schema in schemas) schema.Check(value, pointer, errors);
    };

    private static SchemaCheck Any(Schema[] schemas) => (value, pointer, errors) =>
    {
        if (schemas.Length > 0 && !schemas.Any(s => s.Fits(value, errors))) errors.Add(pointer, "must fit one of several schemas, and fits none");
    };

    private static SchemaCheck ExactlyOne(Schema[] schemas) => (value, pointer, errors) =>
    {
        var fitting = schemas.Count(s => s.Fits(value, errors));
        if (schemas.Length > 0 && fitting != 1) errors.Add(pointer, $"must fit exactly one of several schemas, and fits {fitting}");
    };

    private static SchemaCheck Not(Schema schema) => (value, pointer, errors) =>
    {
        if (schema.Fits(value, errors)) errors.Add(pointer, "must not fit the schema that is excluded");
    };

    // "#", "#/definitions/x", or the $id of a schema in the document.
    private DocumentNode? Resolve(DocumentNode reference)
    {
        if (reference is not ScalarNode { Scalar: ScalarKind.String } text)
        {
            Wrong(reference, "$ref is a text");
            return null;
        }
        var target = text.Text.StartsWith('#') && (text.Text.Length == 1 || text.Text[1] == '/') ? Follow(_root, Uri.UnescapeDataString(text.Text[1..])) : WithId(_root, text.Text);
        if (target is null) _scope.At(reference).Invalid($"$ref leads nowhere: {text.Text}", "References stay within the schema: #/definitions/name");
        return target;
    }

    private static DocumentNode? Follow(DocumentNode node, string pointer)
    {
        foreach (var token in pointer.Split('/').Skip(1))
        {
            var name = token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            DocumentNode? next = node switch
            {
                ObjectNode o => o.FindExact(name)?.Value,
                ArrayNode a when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < a.Items.Count => a.Items[i],
                _ => null,
            };
            if (next is null) return null;
            node = next;
        }
        return node;
    }

    private static DocumentNode? WithId(DocumentNode node, string id) => node switch
    {
        ObjectNode o when o.FindExact("$id") is { Value: ScalarNode { Scalar: ScalarKind.String } own } && (own.Text == id || own.Text.EndsWith("/" + id, StringComparison.Ordinal)) => o,
        ObjectNode o => o.Members.Where(m => m.Name is not ("enum" or "const")).Select(m => WithId(m.Value, id)).FirstOrDefault(n => n is not null),
        ArrayNode a => a.Items.Select(i => WithId(i, id)).FirstOrDefault(n => n is not null),
        _ => null,
    };
}
