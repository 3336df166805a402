namespace Gateway.Features.Headers;

/// <summary>A placeholder that a program adds by code.</summary>
/// <param name="Name">With its braces: <c>{Stage}</c>.</param>
/// <param name="Value">Asked for each request, and in find-and-replace when the configuration is loaded; null: no value.</param>
internal sealed record CustomPlaceholder(string Name, Func<string?> Value);
