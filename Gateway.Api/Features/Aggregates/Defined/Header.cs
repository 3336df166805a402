namespace Gateway.Features.Aggregates.Defined;

/// <summary>A header of an answer, with its lines.</summary>
public sealed record Header(string Key, IEnumerable<string> Values);
