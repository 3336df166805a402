using System.Text.Json.Nodes;
using Gateway.Configuration;

namespace Gateway.Commands;

/// <summary>Makes a JSON Schema (draft 2020-12) of the keys that the rooms declare, so that it can't say anything else than the compiler.</summary>
internal sealed class SchemaWriter(KeyCatalog catalog)
{
    // Remarks and other tools' keys, anywhere.
    private const string Free = "^(_|\\$|[xX]-)";

    private const string FromEnvironment = "\\$\\{";

    private readonly Summaries _summaries = new();
    private readonly JsonObject _definitions = [];

    public JsonObject Write()
    {
        var properties = new JsonObject
        {
            ["Routes"] = List(Levels.Route, "Static routes, in the order in which they are asked."),
            ["DynamicRoutes"] = List(Levels.DynamicRoute, "Settings of services that are called by their name."),
            ["Aggregates"] = List(Levels.Aggregate, "Routes that put the answers of other routes together."),
            ["GlobalConfiguration"] = Entry(Levels.Global, "What holds for the gateway, and defaults for the routes."),
        };
        foreach (var host in HostSections.Names.Order(StringComparer.Ordinal)) properties[host] = new JsonObject { ["description"] = $"The host's own section {host}." };
        var schema = Closed(properties);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "ocelot.json");
        schema["$defs"] = _definitions;
        return schema;
    }

    private JsonObject List(Levels level, string description) => new()
    {
        ["description"] = description,
        ["type"] = Types("array"),
        ["items"] = Entry(level, null),
    };

    private JsonObject Entry(Levels level, string? description)
    {
        var properties = new JsonObject();
        foreach (var key in catalog.At(level).OrderBy(k => k.Name, StringComparer.Ordinal))
        {
            properties[key.Name] = Described(Schema(key.Type, level), _summaries.Of(key));
            if (key.FormerName is { } former) properties[former] = Former(Schema(key.Type, level), key.Name);
        }
        return Described(Closed(properties), description);
    }

    private JsonObject Schema(Type type, Levels level)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target == typeof(string)) return new JsonObject { ["type"] = Types("string", "number", "boolean") };
        if (target == typeof(bool)) return Written("^\\s*([tT]rue|TRUE|[fF]alse|FALSE)\\s*$", "boolean", "string");
        if (target.IsEnum) return AnyOf(new JsonObject { ["enum"] = new JsonArray([.. Enum.GetNames(target).Select(n => JsonValue.Create(n)), null]) }, Written(null, "string"));
        if (target == typeof(double) || target == typeof(float)) return Written("^\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*$", "number", "string");
        if (target.IsPrimitive) return Written("^\\s*[+-]?\\d+\\s*$", "integer", "string");
        if (target.IsAssignableTo(typeof(DocumentNode))) return target == typeof(ObjectNode) ? new JsonObject { ["type"] = Types("object") } : [];
        if (target.IsGenericType && target.GetGenericArguments() is [var item]) return ListOf(item, level);
        if (target.IsGenericType) return new JsonObject { ["type"] = Types("object"), ["additionalProperties"] = Schema(target.GetGenericArguments()[1], level) };
        return Options(OptionsShape.Of(target), level);
    }

    /// <summary>A scalar that may also be a text of that form, or come from the environment.</summary>
    private static JsonObject Written(string? form, params string[] types) => new()
    {
        ["type"] = Types(types),
        ["pattern"] = form is null ? FromEnvironment : $"{form}|{FromEnvironment}",
    };

    private JsonObject ListOf(Type item, Levels level)
    {
        var list = new JsonObject { ["type"] = Types("array"), ["items"] = Schema(item, level) };
        // A single value stands for a list of one.
        return OptionsShape.Within(item) is null ? AnyOf(list, Schema(item, level)) : list;
    }

    private JsonObject Options(OptionsShape shape, Levels level)
    {
        var isGlobal = level == Levels.Global && shape.Properties.Any(p => p.GlobalOnly);
        var name = shape.Type.Name + (isGlobal ? ".Global" : "");
        if (!_definitions.ContainsKey(name))
        {
            var properties = new JsonObject();
            _definitions[name] = null; // a record may hold its own kind
            foreach (var property in shape.Properties.Where(p => isGlobal || !p.GlobalOnly))
            {
                properties[property.Name] = Described(Schema(property.Type, level), _summaries.Of(property));
                if (property.Former is { } former) properties[former.Name] = Former(FormerSchema(property, level), property.Name);
            }
            _definitions[name] = Described(Closed(properties), _summaries.Of(shape));
        }
        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }

    private JsonObject FormerSchema(OptionsProperty property, Levels level) => property.Former!.Value switch
    {
        FormerValue.Seconds => Schema(typeof(double), level),
        FormerValue.Prepended => Schema(typeof(string), level),
        _ => Schema(property.Type, level),
    };

    private static JsonObject Closed(JsonObject properties) => new()
    {
        ["type"] = Types("object"),
        ["properties"] = properties,
        ["patternProperties"] = new JsonObject { [Free] = new JsonObject() },
        ["additionalProperties"] = false,
    };

    private static JsonObject Former(JsonObject schema, string present)
    {
        var former = Described(schema, $"The former name of {present}.");
        former["deprecated"] = true;
        return former;
    }

    private static JsonObject Described(JsonObject schema, string? description)
    {
        if (description is { Length: > 0 }) schema.Insert(0, "description", description);
        return schema;
    }

    private static JsonObject AnyOf(JsonObject one, JsonObject other) => new() { ["anyOf"] = new JsonArray(one, other) };

    private static JsonArray Types(params string[] types) => [.. types.Append("null").Select(t => JsonValue.Create(t))];
}
