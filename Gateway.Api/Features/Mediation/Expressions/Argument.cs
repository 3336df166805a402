using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Expressions;

/// <summary>What a function is given: an expression for its value, or (with <c>&amp;</c>) for itself.</summary>
internal readonly record struct Argument(Func<JsonValue, JsonValue> Expression, bool IsReference);
