using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Values;

/// <summary>A text with placeholders. A placeholder always gives text; one without a value gives nothing, or null when it stands alone (A07).</summary>
internal sealed class TextTemplate(IReadOnlyList<TextTemplate.Part> parts) : Template
{
    public override bool IsFresh => parts.Any(p => p.Placeholder?.IsFresh ?? false);

    public override JsonValue Evaluate(in TemplateInput input)
    {
        if (parts.Count == 1) return parts[0].Placeholder!.Read(in input) is { } only ? new JsonText(only) : JsonLiteral.Null;
        var texts = new string?[parts.Count];
        for (var i = 0; i < texts.Length; i++) texts[i] = parts[i].Literal ?? parts[i].Placeholder!.Read(in input);
        return new JsonText(string.Concat(texts));
    }

    /// <summary>The text, with something done to the value of each placeholder; one without a value is nothing.</summary>
    public string Write(in TemplateInput input, Func<string, string> change)
    {
        var texts = new string?[parts.Count];
        for (var i = 0; i < texts.Length; i++) texts[i] = parts[i].Literal ?? (parts[i].Placeholder!.Read(in input) is { } value ? change(value) : null);
        return string.Concat(texts);
    }

    /// <summary>Some plain text, or a placeholder.</summary>
    internal readonly record struct Part(string? Literal, Placeholder? Placeholder);
}
