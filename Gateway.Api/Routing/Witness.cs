namespace Gateway.Routing;

/// <summary>A path, in comparable spelling, and a query without its <c>?</c>, both made from a template.</summary>
internal readonly record struct Witness(string Path, string Query);
