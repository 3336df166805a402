using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gateway.Features.Mediation.Json;

/// <summary>Reads JSON that is in memory.</summary>
internal static class JsonParser
{
    /// <exception cref="MediationFailure">It isn't JSON.</exception>
    public static JsonValue Parse(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith(Encoding.UTF8.Preamble)) json = json[Encoding.UTF8.Preamble.Length..];
        var builder = new JsonBuilder();
        new JsonTokenizer(builder, refuseDuplicates: false).Read(json, ascii: false, last: true, full: false);
        return builder.Take();
    }

    public static bool TryParse(ReadOnlySpan<byte> json, [NotNullWhen(true)] out JsonValue? value)
    {
        try
        {
            value = Parse(json);
            return true;
        }
        catch (MediationFailure)
        {
            value = null;
            return false;
        }
    }
}
