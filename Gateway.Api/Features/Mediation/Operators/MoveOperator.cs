namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Moves values to other places.
/// <code>{ "Move": { "contacts.emails[0]": "email" } }</code>
/// Buffers. Missing parent objects are made, what is at the target is overwritten in its place (A08); a missing source does nothing. All
/// sources are read before anything is written, so that two values can be swapped (A10).
/// </summary>
internal sealed class MoveOperator() : RelocateOperator("Move", takesAway: true);
