using System.Xml;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;

namespace Gateway.Features.Mediation.Formats;

/// <summary>XML. Document types, and with them entities, are always refused; elements nest 64 deep at most (A28, A30).</summary>
internal sealed class XmlFormat(FormatOptions options) : BodyFormat
{
    public override IReadOnlyList<MediaRange> Types { get; } = [new("application/xml"), new("text/xml"), new("*+xml")];

    public override string ContentType => "application/xml; charset=utf-8";

    public override JsonValue Read(ReadOnlyMemory<byte> body, string? contentType)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = true,
        };
        try
        {
            var encoding = BodyText.Encoding(contentType);
            var stream = new MemoryStream(body.ToArray(), writable: false);
            using var reader = encoding is null ? XmlReader.Create(stream, settings) : XmlReader.Create(new StreamReader(stream, encoding), settings);
            reader.MoveToContent();
            var name = NameOf(reader);
            var root = new JsonObject([new(name, Element(reader, name, depth: 1))]);
            while (reader.Read())
            {
            }
            return root;
        }
        catch (XmlException)
        {
            throw MediationFailure.Malformed("The body isn't valid XML, or declares a document type");
        }
    }

    public override void Write(JsonValue value, OutputBuffer output)
    {
        var text = new XmlText(options);
        if (options.Root is { } root) text.Element(root, value, "");
        else if (value is JsonObject { Members: [var only] } && only.Value is not JsonArray) text.Element(only.Key, only.Value, $"/{JsonPointer.Escape(only.Key)}");
        else throw MediationFailure.Unprocessable("A body that becomes XML has to be an object with one member; Root puts one around it");
        BodyText.Write(text.ToString(), output);
    }

    private JsonValue Element(XmlReader reader, string path, int depth)
    {
        if (depth > JsonTokenizer.MaxDepth) throw MediationFailure.Malformed($"The body is nested deeper than {JsonTokenizer.MaxDepth} elements");
        var members = new XmlMembers();
        var own = path[(path.LastIndexOf('.') + 1)..];
        if (reader.MoveToFirstAttribute())
        {
            do
            {
                var isNamespace = reader.Prefix == "xmlns" || reader.Name == "xmlns";
                if (isNamespace && !options.KeepNamespaces) continue;
                var name = options.Attributes + NameOf(reader);
                members.Add(name, BodyText.Field(reader.Value, name, $"{path}.{name}", options), isArray: false);
            }
            while (reader.MoveToNextAttribute());
            reader.MoveToElement();
        }

        var text = new System.Text.StringBuilder();
        var hasElements = false;
        var pending = "";
        if (!reader.IsEmptyElement)
        {
            while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
            {
                switch (reader.NodeType)
                {
                    case XmlNodeType.Element:
                        hasElements = true;
                        var name = NameOf(reader);
                        var below = $"{path}.{name}";
                        members.Add(name, Element(reader, below, depth + 1), options.Arrays.Contains(name, below));
                        break;
                    case XmlNodeType.Text or XmlNodeType.CDATA:
                        text.Append(reader.Value);
                        break;
                    case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                        pending += reader.Value;
                        break;
                }
            }
        }
        // White space alone is text only where no element stands beside it.
        if (text.Length == 0 && !hasElements) text.Append(pending);

        if (members.IsEmpty && !hasElements)
        {
            if (text.Length > 0) return BodyText.Field(text.ToString(), own, path, options);
            return options.Empty switch { EmptyElement.String => new JsonText(""), EmptyElement.Object => JsonObject.Empty, _ => JsonLiteral.Null };
        }
        if (text.Length > 0) members.Add(options.Text, BodyText.Field(text.ToString(), own, path, options), isArray: false);
        return members.ToValue();
    }

    private string NameOf(XmlReader reader) => options.KeepNamespaces ? reader.Name : reader.LocalName;
}
