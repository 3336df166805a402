using System.Text;
using System.Xml;
using Gateway.Features.Mediation.Json;

namespace Gateway.Features.Mediation.Formats;

/// <summary>
/// Writes values as XML. Written here because the platform's writer wants namespaces resolved, and a body brings its <c>xmlns</c> as an
/// attribute like any other.
/// </summary>
internal sealed class XmlText(FormatOptions options)
{
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    /// <summary>An element; an array gives one for each of its elements.</summary>
    public void Element(string name, JsonValue value, string pointer)
    {
        if (value is JsonArray array)
        {
            for (var i = 0; i < array.Items.Count; i++)
            {
                if (array.Items[i] is JsonArray) throw MediationFailure.Unprocessable("An array in an array has no form in XML", $"{pointer}/{i}");
                Element(name, array.Items[i], $"{pointer}/{i}");
            }
            return;
        }

        CheckName(name, pointer);
        _text.Append('<').Append(name);
        var content = value is JsonObject o ? Attributes(o, pointer) : [];
        if (content.Count == 0 && value.AsScalarText is null or "")
        {
            _text.Append("/>");
            return;
        }
        _text.Append('>');
        if (value.AsScalarText is { } text) Escaped(text, inAttribute: false, pointer);
        foreach (var (member, below) in content)
        {
            if (member != options.Text) Element(member, below, $"{pointer}/{JsonPointer.Escape(member)}");
            else Escaped(Scalar(below, pointer), inAttribute: false, pointer);
        }
        _text.Append("</").Append(name).Append('>');
    }

    // Writes the attributes among the members and gives back the others.
    private List<KeyValuePair<string, JsonValue>> Attributes(JsonObject o, string pointer)
    {
        var content = new List<KeyValuePair<string, JsonValue>>();
        foreach (var (name, value) in o.Members)
        {
            if (options.Attributes.Length == 0 || !name.StartsWith(options.Attributes, StringComparison.Ordinal))
            {
                content.Add(new(name, value));
                continue;
            }
            var attribute = name[options.Attributes.Length..];
            CheckName(attribute, pointer);
            _text.Append(' ').Append(attribute).Append("=\"");
            Escaped(Scalar(value, pointer), inAttribute: true, pointer);
            _text.Append('"');
        }
        return content;
    }

    private static string Scalar(JsonValue value, string pointer) => value.IsNull ? ""
        : value.AsScalarText ?? throw MediationFailure.Unprocessable("An attribute or text has to be a scalar", pointer);

    private static void CheckName(string name, string pointer)
    {
        try
        {
            XmlConvert.VerifyName(name);
        }
        catch (Exception e) when (e is XmlException or ArgumentException)
        {
            throw MediationFailure.Unprocessable("A member's name can't be the name of an element", pointer);
        }
    }

    private void Escaped(string text, bool inAttribute, string pointer)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '&': _text.Append("&amp;"); break;
                case '<': _text.Append("&lt;"); break;
                case '>': _text.Append("&gt;"); break;
                case '"' when inAttribute: _text.Append("&quot;"); break;
                case '\r': _text.Append("&#xD;"); break;
                case '\n' or '\t' when inAttribute: _text.Append(c == '\n' ? "&#xA;" : "&#x9;"); break;
                default:
                    if (XmlConvert.IsXmlChar(c)) _text.Append(c);
                    else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], c)) _text.Append(c).Append(text[++i]);
                    else throw MediationFailure.Unprocessable("A text holds a character that XML can't hold", pointer);
                    break;
            }
        }
    }
}
