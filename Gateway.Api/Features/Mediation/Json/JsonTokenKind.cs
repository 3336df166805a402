namespace Gateway.Features.Mediation.Json;

/// <summary>The pieces a JSON text is made of, as they pass from one step to the next.</summary>
internal enum JsonTokenKind : byte
{
    StartObject,
    EndObject,
    StartArray,
    EndArray,
    Name,
    Text,
    Number,
    True,
    False,
    Null,
}
