using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Values;

/// <summary>A value without placeholders.</summary>
internal sealed class ConstantTemplate(JsonValue value) : Template
{
    public override bool IsConstant => true;

    public override JsonValue Constant => value;

    public override JsonValue Evaluate(in TemplateInput input) => value;
}
