using System.Text;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Values.Conversions;
using Microsoft.Net.Http.Headers;

namespace Gateway.Features.Mediation.Formats;

/// <summary>What the formats have in common that are lines of text.</summary>
internal static class BodyText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The body's text, in the encoding that its type names; UTF-8 where it names none.</summary>
    /// <exception cref="MediationFailure">It isn't in this encoding, or the encoding isn't known.</exception>
    public static string Decode(ReadOnlySpan<byte> body, string? contentType)
    {
        var encoding = Encoding(contentType) ?? StrictUtf8;
        if (body.StartsWith(encoding.Preamble)) body = body[encoding.Preamble.Length..];
        if (encoding == StrictUtf8 && body.StartsWith(System.Text.Encoding.UTF8.Preamble)) body = body[3..];
        try
        {
            return encoding.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            throw MediationFailure.Malformed("The body isn't in the encoding that its type names");
        }
    }

    /// <summary>The encoding that the type names; null when it names none.</summary>
    public static Encoding? Encoding(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || type.Charset.Length == 0) return null;
        return type.Charset.Value!.Trim('"').ToUpperInvariant() switch
        {
            "UTF-8" or "UTF8" or "US-ASCII" => StrictUtf8,
            "ISO-8859-1" or "LATIN1" => System.Text.Encoding.Latin1,
            "UTF-16" or "UTF-16LE" => System.Text.Encoding.Unicode,
            "UTF-16BE" => System.Text.Encoding.BigEndianUnicode,
            _ => throw new MediationFailure(MediationFault.WrongType, "The body's encoding isn't known"),
        };
    }

    public static void Write(string text, OutputBuffer output)
    {
        var length = System.Text.Encoding.UTF8.GetByteCount(text);
        System.Text.Encoding.UTF8.GetBytes(text, output.GetSpan(length));
        output.Advance(length);
    }

    /// <summary>The value of a field that was read: a text, or what the options say that it holds.</summary>
    public static JsonValue Field(string text, string name, string path, FormatOptions options)
    {
        var value = new JsonText(text);
        if (options.Numbers.Contains(name, path))
            return ScalarConversions.ToNumber(value) ?? throw MediationFailure.Unprocessable($"{path} doesn't hold a number");
        if (options.Booleans.Contains(name, path))
            return ScalarConversions.ToBoolean(new JsonText(text.Trim())) ?? throw MediationFailure.Unprocessable($"{path} holds neither true nor false");
        return value;
    }
}
