namespace Gateway.Features.Mediation.Json;

/// <summary>Takes a JSON text piece by piece.</summary>
internal abstract class JsonSink
{
    /// <summary>Takes the next piece. What it refers to is gone when the call returns.</summary>
    public abstract void Accept(in JsonToken token);

    /// <summary>The value that began with the first piece is complete.</summary>
    public abstract void End();

    /// <summary>
    /// Forgets what was accepted so far, as if the body only began now. Needed where a later member of the same name replaces the body.
    /// </summary>
    /// <returns>False when a part of it has left the gateway already.</returns>
    public abstract bool TryRestart();
}
