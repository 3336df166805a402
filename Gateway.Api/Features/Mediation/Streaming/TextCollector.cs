using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Streaming;

/// <summary>Puts a long text, which came in parts, together for a step that needs it whole.</summary>
internal sealed class TextCollector : JsonSink
{
    private readonly OutputBuffer _raw = new();
    private bool _escaped;

    /// <summary>The text, until <see cref="Clear"/>.</summary>
    public JsonToken Text => new(JsonTokenKind.Text, _raw.Written.Span, _escaped);

    public void Clear()
    {
        _raw.Clear();
        _escaped = false;
    }

    public override void Accept(in JsonToken token)
    {
        token.Raw.CopyTo(_raw.GetSpan(token.Raw.Length));
        _raw.Advance(token.Raw.Length);
        _escaped |= token.Escaped;
    }

    public override void End()
    {
    }

    public override bool TryRestart() => false;
}
