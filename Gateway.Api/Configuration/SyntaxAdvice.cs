using System.Text.Json;

namespace Gateway.Configuration;

/// <summary>Says in the words of someone who edits a file what the JSON reader found, and what was probably meant.</summary>
internal static class SyntaxAdvice
{
    private const string Nothing = "nothing of the file has taken effect";

    /// <param name="open">Where the innermost object or list that isn't closed begins.</param>
    public static (string Message, string Fix) On(JsonException e, Origin? open)
    {
        var message = Plain(e.Message);
        var begun = open is { } start ? $"the object or list that begins at line {start.Line}, column {start.Column}" : "the object or list";
        return message switch
        {
            _ when message.Contains("Expected depth to be zero", StringComparison.Ordinal) =>
                ($"the file ends before {begun} does", "Close it with } or ]; if the file was being written, write it anew and rename it into place"),
            _ when message.Contains("Expected end of string", StringComparison.Ordinal) || message.Contains("within a JSON string", StringComparison.Ordinal) =>
                (message, "Close the text with a quotation mark on the same line; write a line break inside a text as \\n and a backslash as \\\\"),
            _ when message.Contains("is an invalid escapable character", StringComparison.Ordinal) =>
                (message, "Write a backslash inside a text as \\\\"),
            _ when message.Contains("after a single JSON value", StringComparison.Ordinal) =>
                (message, "Remove what stands behind the end of the document; perhaps a brace closes too early"),
            _ when message.Contains("is invalid after a value", StringComparison.Ordinal) =>
                (message, "A comma is missing before this place, or a brace or bracket of the wrong kind closes here"),
            _ when message.Contains("is an invalid start of a property name", StringComparison.Ordinal) =>
                (message, "Write the name in double quotation marks"),
            _ when message.Contains("is an invalid start of a value", StringComparison.Ordinal) =>
                (message, "Write a text in double quotation marks, a number, true, false, null, { … } or [ … ]"),
            _ when message.Contains("is invalid after a property name", StringComparison.Ordinal) =>
                (message, "Write a colon between the name and its value"),
            _ => ($"{message} ({Nothing})", "Correct the JSON at this place"),
        };
    }

    // The platform's message ends with its own idea of line and position, counted from 0.
    private static string Plain(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var text = end < 0 ? message : message[..end];
        return text.Length > 1 && char.IsUpper(text[0]) && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }
}
