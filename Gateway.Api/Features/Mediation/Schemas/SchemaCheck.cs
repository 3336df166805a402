using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Schemas;

/// <summary>One demand of a schema.</summary>
internal delegate void SchemaCheck(JsonValue value, string pointer, SchemaErrors errors);
