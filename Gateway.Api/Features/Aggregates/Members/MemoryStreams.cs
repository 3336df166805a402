using System.Runtime.InteropServices;

namespace Gateway.Features.Aggregates.Members;

internal static class MemoryStreams
{
    /// <summary>Reads the memory; without a copy where it is an array.</summary>
    public static MemoryStream ToStream(this ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(memory.ToArray(), writable: false);
}
