using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Values;

/// <summary>An array; an element whose path matches nothing is null (A18).</summary>
internal sealed class ArrayTemplate(IReadOnlyList<Template> items) : Template
{
    public override bool IsFresh => items.Any(i => i.IsFresh);

    public override JsonValue Evaluate(in TemplateInput input)
    {
        var values = new JsonValue[items.Count];
        for (var i = 0; i < values.Length; i++) values[i] = items[i].Evaluate(in input) ?? JsonLiteral.Null;
        return new JsonArray(values);
    }
}
