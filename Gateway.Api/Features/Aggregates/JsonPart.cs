using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace Gateway.Features.Aggregates;

/// <summary>Makes any body a JSON value, so that an aggregate is JSON whatever its parts are.</summary>
internal static class JsonPart
{
    private const int MaxDepth = 512;

    /// <summary>Writes the body: as it is where it is JSON, a text where it isn't, <c>null</c> where it is empty.</summary>
    /// <param name="contentType">Tells the charset of a body that isn't UTF-8.</param>
    public static void Write(IBufferWriter<byte> target, ReadOnlyMemory<byte> body, string? contentType)
    {
        var text = ToUtf8(body, contentType);
        if (IsBlank(text.Span)) target.Write("null"u8);
        else if (IsJson(text.Span)) target.Write(text.Span);
        else target.Write(JsonSerializer.SerializeToUtf8Bytes(Encoding.UTF8.GetString(text.Span)));
    }

    /// <returns>Null where the body isn't JSON.</returns>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> body, string? contentType)
    {
        var text = ToUtf8(body, contentType);
        return IsJson(text.Span) ? JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth }) : null;
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text)) return false;
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read()) continue;
            return reader.BytesConsumed > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(" \t\r\n"u8) < 0;

    private static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> body, string? contentType)
    {
        if (MediaTypeHeaderValue.TryParse(contentType, out var type) && type.Encoding is { } encoding && encoding != Encoding.UTF8)
            return Encoding.UTF8.GetBytes(encoding.GetString(body.Span));
        return body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
    }
}
