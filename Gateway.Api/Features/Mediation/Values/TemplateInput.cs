using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Values;

/// <summary>What a template takes its values from.</summary>
/// <param name="Context">The exchange.</param>
/// <param name="Body">The body, or the element that is being shaped.</param>
internal readonly record struct TemplateInput(IMediationContext Context, JsonValue Body);
