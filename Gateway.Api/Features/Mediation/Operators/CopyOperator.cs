namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Copies values to other places.
/// <code>{ "Copy": { "customer.name": "label" } }</code>
/// Buffers. Otherwise like Move.
/// </summary>
internal sealed class CopyOperator() : RelocateOperator("Copy", takesAway: false);
