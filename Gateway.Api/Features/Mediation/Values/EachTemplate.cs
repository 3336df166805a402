using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;

namespace Gateway.Features.Mediation.Values;

/// <summary>Shapes every element of an array; over nothing it gives an empty array (A18).</summary>
internal sealed class EachTemplate(JsonPath path, Template element) : Template
{
    public override JsonValue Evaluate(in TemplateInput input)
    {
        var array = path.IsMany ? new JsonArray(PathReader.All(input.Body, path)) : PathReader.First(input.Body, path);
        if (array is null or { IsNull: true }) return JsonArray.Empty;
        if (array is not JsonArray { Items: var items }) throw MediationFailure.Unprocessable($"{path} has to be an array");
        var shaped = new JsonValue[items.Count];
        for (var i = 0; i < shaped.Length; i++) shaped[i] = element.Evaluate(input with { Body = items[i] }) ?? JsonLiteral.Null;
        return new JsonArray(shaped);
    }
}
