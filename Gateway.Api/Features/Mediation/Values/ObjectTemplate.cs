using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Values;

/// <summary>An object; a member whose path matches nothing is left out (A18).</summary>
internal sealed class ObjectTemplate(IReadOnlyList<KeyValuePair<string, Template>> members) : Template
{
    public override bool IsFresh => members.Any(m => m.Value.IsFresh);

    public override JsonValue Evaluate(in TemplateInput input)
    {
        var values = new List<KeyValuePair<string, JsonValue>>(members.Count);
        foreach (var (name, template) in members)
            if (template.Evaluate(in input) is { } value) values.Add(new(name, value));
        return new JsonObject(values);
    }
}
