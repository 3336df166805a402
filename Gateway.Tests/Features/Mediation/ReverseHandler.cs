using System.Text;
using System.Text.Json;
using Gateway.Features.Mediation;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Tests.Features.Mediation;

/// <summary>A handler as users write them: turns an array round, and refuses anything else.</summary>
internal sealed class ReverseHandler : IPayloadHandler
{
    public string Name => "Reverse";

    public ValueTask<ReadOnlyMemory<byte>> HandleAsync(ReadOnlyMemory<byte> json, Execution execution)
    {
        var body = JsonDocument.Parse(json).RootElement;
        if (body.ValueKind != JsonValueKind.Array) throw MediationFailure.Unprocessable("The body has to be an array");
        return new(Encoding.UTF8.GetBytes($"[{string.Join(',', body.EnumerateArray().Reverse().Select(e => e.GetRawText()))}]"));
    }
}
