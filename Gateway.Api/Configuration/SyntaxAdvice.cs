using System.Text.Json;

namespace Gateway.Configuration;

/// <summary>Says in the words of someone who edits a file what the JSON reader found, and what was probably meant.</summary>
internal static class SyntaxAdvice
{
    /// <param name="open">Where the innermost object or list that isn't closed begins.</param>
    public static (string Message, string Fix) On(JsonException e, Origin? open)
    {
        var message = Plain(e.Message);
        var begun = open is { } start ? $"the object or list that begins at line {start.Line}, column {start.Column}" : "the object or list";
        bool Says(string part) => message.Contains(part, StringComparison.OrdinalIgnoreCase);
        return message switch
        {
            _ when Says("Expected end of string") || Says("0x0A' is invalid within") || Says("0x0D' is invalid within") =>
                ("a text begins here, or before, and has no end on its line", "Close it with a quotation mark on the same line; write a line break inside it as \\n"),
            _ when Says("Expected end of comment") => ("a comment begins here and never ends", "Close it with */"),
            _ when Says("expected depth to be zero") || Says("reached end of data") =>
                ($"the file ends before {begun} does", "Close it with } or ]; if the file was being written, write it anew and rename it into place"),
            _ when Says("within a JSON string") || Says("escapable") =>
                (message, "Write a backslash inside a text as \\\\, a quotation mark as \\\""),
            _ when Says("after a single JSON value") =>
                (message, "Remove what stands behind the end of the document; perhaps a brace closes too early"),
            _ when Says("without a matching open") =>
                ($"{message} Still open is {begun}.", "A brace or bracket of the wrong kind closes here, or one too many"),
            _ when Says("is invalid after a value") => (message, "Write a comma before this place"),
            _ when Says("is an invalid start of a property name") => (message, "Write the name in double quotation marks"),
            _ when Says("is an invalid start of a value") || Says("is an invalid JSON literal") =>
                (message, "Write a text in double quotation marks, a number, true, false, null, { … } or [ … ]"),
            _ when Says("is invalid after a property name") => (message, "Write a colon between the name and its value"),
            _ when Says("leading zero") || Says("within a number") => (message, "Write a number as 12 or 0.5, or a text in double quotation marks"),
            _ when Says("maximum configured depth") => (message, "Nest less deeply"),
            _ => (message, "Correct the JSON at this place; nothing of the file has taken effect"),
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
