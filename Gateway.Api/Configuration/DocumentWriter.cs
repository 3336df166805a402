using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gateway.Configuration;

/// <summary>Writes a tree of nodes as JSON: indented by two spaces, short lists on one line, numbers with the digits they were written with.</summary>
/// <param name="withOrigins">Whether each value gets a remark that tells where it came from.</param>
internal sealed class DocumentWriter(bool withOrigins = false)
{
    private const int ShortList = 100;

    private readonly StringBuilder _text = new();

    public static string Write(DocumentNode node, bool withOrigins = false)
    {
        var writer = new DocumentWriter(withOrigins);
        writer.Value(node, 0);
        return writer._text.Append('\n').ToString();
    }

    /// <summary>The same on one line.</summary>
    public static string OnOneLine(DocumentNode node) => node switch
    {
        ObjectNode { Members.Count: > 0 } map => $"{{ {string.Join(", ", map.Members.Select(m => $"{Quoted(m.Name)}: {OnOneLine(m.Value)}"))} }}",
        ObjectNode => "{}",
        ArrayNode array => $"[{string.Join(", ", array.Items.Select(OnOneLine))}]",
        _ => Text((ScalarNode)node),
    };

    /// <summary>The text in quotation marks, escaped as JSON asks and no more.</summary>
    public static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private void Value(DocumentNode node, int depth)
    {
        switch (node)
        {
            case ObjectNode map:
                Block('{', '}', map.Members, depth, m =>
                {
                    _text.Append(Quoted(m.Name)).Append(": ");
                    Value(m.Value, depth + 1);
                    return m.Value;
                });
                break;
            case ArrayNode array when array.Items.All(i => i is ScalarNode) && array.Items.Sum(i => Text((ScalarNode)i).Length + 2) < ShortList:
                _text.Append('[').AppendJoin(", ", array.Items.Select(i => Text((ScalarNode)i))).Append(']');
                break;
            case ArrayNode array:
                Block('[', ']', array.Items, depth, item =>
                {
                    Value(item, depth + 1);
                    return item;
                });
                break;
            case ScalarNode scalar:
                _text.Append(Text(scalar));
                break;
        }
    }

    private void Block<T>(char open, char close, IReadOnlyList<T> items, int depth, Func<T, DocumentNode> write)
    {
        _text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            Line(depth + 1);
            var value = write(items[i]);
            if (i < items.Count - 1) _text.Append(',');
            if (withOrigins && !IsBlock(value)) Remark(value);
        }
        if (items.Count > 0) Line(depth);
        _text.Append(close);
    }

    private static bool IsBlock(DocumentNode node) =>
        node is ObjectNode { Members.Count: > 0 } || node is ArrayNode array && array.Items.Any(i => i is not ScalarNode);

    private void Remark(DocumentNode node)
    {
        if (node.Origin.File is { Length: > 0 }) _text.Append("  // ").Append(node.Origin);
    }

    private void Line(int depth) => _text.Append('\n').Append(' ', depth * 2);

    private static string Text(ScalarNode scalar) => scalar.Scalar == ScalarKind.String ? Quoted(scalar.Text) : scalar.Text;
}
