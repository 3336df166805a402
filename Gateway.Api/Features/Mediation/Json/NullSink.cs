namespace Gateway.Features.Mediation.Json;

/// <summary>Takes everything and keeps nothing.</summary>
internal sealed class NullSink : JsonSink
{
    public static readonly NullSink Instance = new();

    public override void Accept(in JsonToken token)
    {
    }

    public override void End()
    {
    }

    public override bool TryRestart() => true;
}
