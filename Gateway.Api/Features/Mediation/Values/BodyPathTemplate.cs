using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Paths;

namespace Gateway.Features.Mediation.Values;

/// <summary>A value of the body; a path that can match several always gives an array (A18).</summary>
internal sealed class BodyPathTemplate(JsonPath path) : Template
{
    public override JsonValue? Evaluate(in TemplateInput input) =>
        path.IsMany ? new JsonArray(PathReader.All(input.Body, path)) : PathReader.First(input.Body, path);
}
