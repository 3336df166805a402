namespace Gateway.Routing;

/// <summary>Where in a text a placeholder's value stands.</summary>
internal readonly record struct Slice(int Start, int Length);
