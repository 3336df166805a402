namespace Gateway.Features.Mediation.Json;

/// <summary>Writes what it takes as JSON without white space; names, texts and numbers exactly as they come.</summary>
internal sealed class JsonWriter(OutputBuffer output) : JsonSink
{
    private bool _comma;

    public override void Accept(in JsonToken token)
    {
        var raw = token.Raw;
        var span = output.GetSpan(raw.Length + 8);
        var at = 0;
        if (_comma && !token.IsEnd && token.First) span[at++] = (byte)',';
        switch (token.Kind)
        {
            case JsonTokenKind.Name:
                span[at++] = (byte)'"';
                raw.CopyTo(span[at..]);
                at += raw.Length;
                span[at++] = (byte)'"';
                span[at++] = (byte)':';
                break;
            case JsonTokenKind.Text:
                if (token.First) span[at++] = (byte)'"';
                raw.CopyTo(span[at..]);
                at += raw.Length;
                if (token.Last) span[at++] = (byte)'"';
                break;
            case JsonTokenKind.Number:
                raw.CopyTo(span[at..]);
                at += raw.Length;
                break;
            case JsonTokenKind.StartObject:
                span[at++] = (byte)'{';
                break;
            case JsonTokenKind.EndObject:
                span[at++] = (byte)'}';
                break;
            case JsonTokenKind.StartArray:
                span[at++] = (byte)'[';
                break;
            case JsonTokenKind.EndArray:
                span[at++] = (byte)']';
                break;
            default:
                var literal = token.Kind switch { JsonTokenKind.True => "true"u8, JsonTokenKind.False => "false"u8, _ => "null"u8 };
                literal.CopyTo(span[at..]);
                at += literal.Length;
                break;
        }
        _comma = token.Kind is not (JsonTokenKind.Name or JsonTokenKind.StartObject or JsonTokenKind.StartArray);
        output.Advance(at);
    }

    public override void End() => _comma = false;

    public override bool TryRestart()
    {
        if (output.Released) return false;
        output.Clear();
        _comma = false;
        return true;
    }
}
