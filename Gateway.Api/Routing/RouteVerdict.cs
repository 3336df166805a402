namespace Gateway.Routing;

/// <summary>Why a rule whose path fits a request takes it or does not.</summary>
/// <param name="Definition">The entry.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">The same in words, naming what the rule asks for.</param>
internal sealed record RouteVerdict<T>(RouteDefinition<T> Definition, RouteOutcome Outcome, string Reason);
