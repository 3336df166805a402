using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Expressions;

/// <summary>One piece of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">The character at which it begins, from 0.</param>
/// <param name="Text">The name, or the digits.</param>
/// <param name="Value">The value of a literal.</param>
internal readonly record struct ExpressionToken(ExpressionTokenKind Kind, int Position, string Text, JsonValue? Value = null);
