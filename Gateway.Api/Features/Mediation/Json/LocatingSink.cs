namespace Gateway.Features.Mediation.Json;

/// <summary>Passes everything on and knows where in the body it is.</summary>
internal sealed class LocatingSink(JsonSink next) : JsonSink
{
    private readonly JsonLocation _location = new();

    /// <summary>The value that was passed on last, as a JSON pointer.</summary>
    public string Pointer => _location.Pointer;

    public void Reset() => _location.Reset();

    public override void Accept(in JsonToken token)
    {
        if (token.IsStart) _location.Open(token.Kind == JsonTokenKind.StartObject);
        else if (token.IsEnd) _location.Close();
        else if (token.Kind == JsonTokenKind.Name) _location.Name(token.Raw);
        else if (token.First) _location.Element();
        next.Accept(in token);
    }

    public override void End() => next.End();

    public override bool TryRestart()
    {
        _location.Reset();
        return next.TryRestart();
    }
}
