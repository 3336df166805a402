using Gateway.Features.Mediation.Paths;

namespace Gateway.Features.Mediation.Values;

/// <summary>A placeholder for a scalar of the body.</summary>
internal sealed class FieldPlaceholder(JsonPath path) : Placeholder
{
    public override string? Read(in TemplateInput input) => PathReader.First(input.Body, path)?.AsScalarText;
}
