using Gateway.Configuration;
using Gateway.Pipeline;

namespace Gateway.Features.Metadata;

/// <summary>Free data of a route for handlers and other code (contract 08 §10): values of any JSON type, read by a typed getter.</summary>
internal sealed class MetadataFeature : IRouteFeature
{
    /// <summary>Name → any value; the route's over the global ones.</summary>
    private static readonly SectionKey<IReadOnlyDictionary<string, DocumentNode>?> Metadata =
        new("Metadata", Levels.Route | Levels.DynamicRoute | Levels.Global, Combination.KeyByKey);

    private static readonly SectionKey<MetadataOptions?> Options = new("MetadataOptions", Levels.Global);

    private static readonly Dictionary<string, DocumentNode> NoValues = [];

    public IReadOnlyList<SectionKey> Keys { get; } = [Metadata, Options];

    public void Compile(RouteSection section, RouteBuilder route)
    {
        if (section.Level == Levels.Aggregate) return;

        var options = section.Global.ReadOwn(Options);
        var format = options is null
            ? MetadataFormat.Default
            : section.Global.Once(Options, () => MetadataFormatCompiler.Compile(options, section.Global));
        var own = section.Read(Metadata);
        if (own is null && options?.Metadata is null) return;

        var values = new Dictionary<string, MetadataValue>();
        foreach (var (name, node) in (options?.Metadata ?? NoValues).Concat(own ?? NoValues))
        {
            if (ValueOf(node) is { } value) values[name] = value;
            else values.Remove(name);
        }
        if (values.Count > 0) route.Metadata = new RouteMetadata(values, format);
    }

    private static MetadataValue? ValueOf(DocumentNode node) => node switch
    {
        ScalarNode { Scalar: ScalarKind.Null } => null,
        ScalarNode scalar => new MetadataValue(scalar.Text, IsNumber: scalar.Scalar == ScalarKind.Number),
        ArrayNode array => new MetadataValue(DocumentWriter.Write(array).TrimEnd(), Items: [.. array.Items.Select(TextOf)]),
        _ => new MetadataValue(DocumentWriter.Write(node).TrimEnd()),
    };

    private static string TextOf(DocumentNode node) => node is ScalarNode scalar ? scalar.Text : DocumentWriter.Write(node).TrimEnd();
}
