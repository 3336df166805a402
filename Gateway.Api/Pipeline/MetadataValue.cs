namespace Gateway.Pipeline;

/// <summary>One value of a route's metadata.</summary>
/// <param name="Text">A text as it is; anything else as JSON.</param>
/// <param name="IsNumber">Whether it was written as a JSON number, whose form no culture changes.</param>
/// <param name="Items">The texts of a JSON list; null for any other value.</param>
internal sealed record MetadataValue(string Text, bool IsNumber = false, string[]? Items = null);
