using System.Text;
using System.Text.Json;

namespace Gateway.Configuration;

/// <summary>
/// Reads JSON with comments and trailing commas into nodes that know their line and column. Reports text that isn't JSON and names that
/// stand twice in one object; the second is an error even where only their case differs, as in Ocelot (contract 01 §1), except in objects
/// whose names are data.
/// </summary>
internal static class DocumentParser
{
    private const int MaxDepth = 128;

    /// <returns>The root, or null after a syntax error.</returns>
    public static DocumentNode? Parse(ReadOnlySpan<byte> utf8, string file, ProblemList problems)
    {
        var options = new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth };
        if (utf8.StartsWith(Encoding.UTF8.Preamble)) utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        var cursor = new Cursor(utf8, file, options);
        try
        {
            cursor.Read();
            var root = ReadValue(ref cursor, "", problems);
            cursor.Read();
            return root;
        }
        catch (JsonException e)
        {
            var line = (int)(e.LineNumber ?? 0) + 1;
            var column = (int)(e.BytePositionInLine ?? 0) + 1;
            problems.Error(ProblemCodes.Syntax, new Origin(file, line, column), "$", Plain(e.Message),
                "Correct the JSON at this place; nothing of the file has taken effect");
            return null;
        }
    }

    private static DocumentNode ReadValue(ref Cursor cursor, string path, ProblemList problems)
    {
        var origin = cursor.Origin;
        switch (cursor.Reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref cursor, origin, path, problems);
            case JsonTokenType.StartArray:
                var items = new List<DocumentNode>();
                for (cursor.Read(); cursor.Reader.TokenType != JsonTokenType.EndArray; cursor.Read())
                    items.Add(ReadValue(ref cursor, $"{path}[{items.Count}]", problems));
                return new ArrayNode(origin, items);
            case JsonTokenType.String:
                return new ScalarNode(origin, ScalarKind.String, cursor.Reader.GetString()!);
            case JsonTokenType.Number:
                return new ScalarNode(origin, ScalarKind.Number, Encoding.UTF8.GetString(cursor.Reader.ValueSpan));
            case JsonTokenType.True:
            case JsonTokenType.False:
                return new ScalarNode(origin, ScalarKind.Boolean, cursor.Reader.TokenType == JsonTokenType.True ? "true" : "false");
            default:
                return new ScalarNode(origin, ScalarKind.Null, "null");
        }
    }

    private static ObjectNode ReadObject(ref Cursor cursor, Origin origin, string path, ProblemList problems)
    {
        var members = new List<Member>();
        var names = new Dictionary<string, Origin>(StringComparer.Ordinal);
        for (cursor.Read(); cursor.Reader.TokenType != JsonTokenType.EndObject; cursor.Read())
        {
            var nameOrigin = cursor.Origin;
            var name = cursor.Reader.GetString()!;
            var memberPath = path.Length == 0 ? name : $"{path}.{name}";
            cursor.Read();
            var value = ReadValue(ref cursor, memberPath, problems);
            if (names.TryAdd(name, nameOrigin)) members.Add(new Member(name, nameOrigin, value));
            else
                problems.Error(ProblemCodes.DuplicateKey, nameOrigin, memberPath,
                    $"the key '{name}' stands twice in this object; the first is at line {names[name].Line}", "Keep one of the two");
        }
        return new ObjectNode(origin, members);
    }

    // The platform's message ends with its own idea of line and position, counted from 0.
    private static string Plain(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    /// <summary>The reader, and the line and column of its token, counted on as it moves.</summary>
    private ref struct Cursor(ReadOnlySpan<byte> utf8, string file, JsonReaderOptions options)
    {
        private readonly ReadOnlySpan<byte> _utf8 = utf8;
        private int _counted;
        private int _line = 1;
        private int _column = 1;

        public Utf8JsonReader Reader = new(utf8, options);

        public void Read() => Reader.Read();

        public Origin Origin
        {
            get
            {
                var start = (int)Reader.TokenStartIndex;
                foreach (var b in _utf8[_counted..start])
                {
                    if (b == (byte)'\n') (_line, _column) = (_line + 1, 1);
                    else if ((b & 0xC0) != 0x80) _column++; // the later bytes of a character are no column of their own
                }
                _counted = start;
                return new Origin(file, _line, _column);
            }
        }
    }
}
