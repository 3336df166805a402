using System.Text;
using System.Text.Json;

namespace Gateway.Configuration;

/// <summary>
/// Reads JSON with comments and trailing commas into nodes that know their line and column. Reports text that isn't JSON, and names that
/// stand twice in one object. Names that differ only by case are left to whoever reads the object: in some of them names are data.
/// </summary>
internal static class DocumentParser
{
    private const int MaxDepth = 128;
    private const int FewMembers = 16;
    private const int LongestShared = 64;

    /// <returns>The root, or null after a syntax error.</returns>
    public static DocumentNode? Parse(ReadOnlySpan<byte> utf8, string file, ProblemList problems)
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble)) utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        if (utf8.Trim(" \t\r\n\0"u8).IsEmpty)
        {
            problems.Error(ProblemCodes.Syntax, new Origin(file, 1, 1), "$", "the file is empty", "Write at least { \"Routes\": [] }");
            return null;
        }

        var cursor = new Cursor(utf8, file);
        try
        {
            cursor.Read();
            var root = ReadValue(ref cursor, problems);
            cursor.Read(); // anything but comments behind the root is a fault
            return root;
        }
        catch (JsonException e)
        {
            var (message, fix) = SyntaxAdvice.On(e, cursor.InnermostOpen);
            problems.Error(ProblemCodes.Syntax, cursor.OriginOf(e), "$", message, fix);
        }
        catch (InvalidOperationException)
        {
            problems.Error(ProblemCodes.Syntax, cursor.Origin, "$", "this text is not valid UTF-8, or holds half of a surrogate pair",
                "Save the file as UTF-8 and write the characters as they are");
        }
        return null;
    }

    private static DocumentNode ReadValue(ref Cursor cursor, ProblemList problems)
    {
        var origin = cursor.Origin;
        switch (cursor.Reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref cursor, origin, problems);
            case JsonTokenType.StartArray:
                return ReadArray(ref cursor, origin, problems);
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

    private static ArrayNode ReadArray(ref Cursor cursor, Origin origin, ProblemList problems)
    {
        var items = new List<DocumentNode>();
        cursor.Open("", origin);
        for (cursor.Read(); cursor.Reader.TokenType != JsonTokenType.EndArray; cursor.Read())
        {
            cursor.At($"[{items.Count}]");
            items.Add(ReadValue(ref cursor, problems));
        }
        cursor.Close();
        return new ArrayNode(origin, items);
    }

    private static ObjectNode ReadObject(ref Cursor cursor, Origin origin, ProblemList problems)
    {
        var members = new List<Member>();
        HashSet<string>? names = null;
        cursor.Open("", origin);
        for (cursor.Read(); cursor.Reader.TokenType != JsonTokenType.EndObject; cursor.Read())
        {
            var nameOrigin = cursor.Origin;
            var name = cursor.Name();
            cursor.At(name);
            cursor.Read();
            var value = ReadValue(ref cursor, problems);
            if (members.Count == FewMembers) names = [.. members.Select(m => m.Name)];
            if (names?.Add(name) ?? !members.Exists(m => m.Name == name))
            {
                members.Add(new Member(name, nameOrigin, value));
                continue;
            }
            problems.Error(ProblemCodes.DuplicateKey, nameOrigin, cursor.Path,
                $"the key '{name}' stands twice in this object; the first is at line {members.Find(m => m.Name == name)!.NameOrigin.Line}",
                "Keep one of the two");
        }
        cursor.Close();
        return new ObjectNode(origin, members);
    }

    /// <summary>The reader, the line and column of its token, counted on as it moves, and the objects and lists it is in.</summary>
    private ref struct Cursor(ReadOnlySpan<byte> utf8, string file)
    {
        private readonly ReadOnlySpan<byte> _utf8 = utf8;
        private readonly Stack<(string At, Origin Start)> _open = [];

        // Ten thousand routes have the same few names.
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);
        private int _counted;
        private int _line = 1;
        private int _column = 1;

        public Utf8JsonReader Reader = new(utf8,
            new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth });

        /// <summary>Where the innermost object or list that isn't closed yet begins.</summary>
        public readonly Origin? InnermostOpen => _open.TryPeek(out var open) ? open.Start : null;

        public readonly string Path => string.Concat(_open.Reverse().Select(o => o.At.StartsWith('[') ? o.At : $".{o.At}")).TrimStart('.');

        public Origin Origin
        {
            get
            {
                var start = (int)Reader.TokenStartIndex;
                foreach (var b in _utf8[_counted..start])
                {
                    if (b == (byte)'\n') (_line, _column) = (_line + 1, 1);
                    else if (IsCharacter(b)) _column++;
                }
                _counted = start;
                return new Origin(file, _line, _column);
            }
        }

        public void Read() => Reader.Read();

        /// <summary>The name that the reader stands on; equal ones are one text.</summary>
        /// <exception cref="InvalidOperationException">It isn't valid UTF-8.</exception>
        public readonly string Name()
        {
            if (Reader.ValueSpan.Length > LongestShared) return Reader.GetString()!;
            Span<char> buffer = stackalloc char[LongestShared];
            var text = buffer[..Reader.CopyString(buffer)];
            if (_names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var known)) return known;
            var name = text.ToString();
            _names.Add(name);
            return name;
        }

        public readonly void Open(string at, Origin start) => _open.Push((at, start));

        public readonly void At(string at) => _open.Push((at, _open.Pop().Start));

        public readonly void Close() => _open.Pop();

        /// <summary>The exception counts lines from 0 and columns in bytes.</summary>
        public readonly Origin OriginOf(JsonException e)
        {
            var rest = _utf8;
            for (var line = e.LineNumber ?? 0; line > 0; line--) rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
            var column = 1;
            foreach (var b in rest[..(int)Math.Min(rest.Length, e.BytePositionInLine ?? 0)])
                if (IsCharacter(b)) column++;
            return new Origin(file, (int)(e.LineNumber ?? 0) + 1, column);
        }

        // The later bytes of a character are no column of their own.
        private static bool IsCharacter(byte b) => (b & 0xC0) != 0x80;
    }
}
