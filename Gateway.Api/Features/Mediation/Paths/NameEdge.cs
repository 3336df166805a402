using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Paths;

/// <summary>A member name that a path asks for, and how far it leads.</summary>
/// <param name="Place">Its place among the names of its state.</param>
/// <param name="Name">The name.</param>
/// <param name="Utf8">The name's bytes.</param>
/// <param name="Target">The state of the member's value.</param>
internal sealed record NameEdge(int Place, string Name, byte[] Utf8, PathState Target)
{
    /// <summary>The bytes that a JSON text has between the quotes for this name.</summary>
    public byte[] Utf8Escaped { get; } = JsonEscapes.Encode(Name);
}
