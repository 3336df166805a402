namespace Gateway.Routing;

/// <summary>A piece of a template as written: literal text, or the name between two braces.</summary>
internal readonly record struct TemplatePart(string Text, bool IsPlaceholder);
