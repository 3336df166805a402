using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Gateway.Configuration;

namespace Gateway.Commands;

/// <summary>The summaries of keys and options as their authors wrote them in the code; the compiler keeps them beside the assembly.</summary>
internal sealed partial class Summaries
{
    private readonly Dictionary<string, string> _byMember;
    private readonly Dictionary<SectionKey, string> _fields;

    public Summaries()
    {
        var file = Path.ChangeExtension(typeof(Summaries).Assembly.Location, ".xml");
        _byMember = !File.Exists(file) ? [] : XDocument.Load(file).Descendants("member")
            .Where(m => m.Element("summary") is not null)
            .ToDictionary(m => m.Attribute("name")!.Value, m => Plain(m.Element("summary")!), StringComparer.Ordinal);
        _fields = typeof(Summaries).Assembly.GetTypes()
            .Where(t => !t.ContainsGenericParameters)
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(f => f.FieldType.IsAssignableTo(typeof(SectionKey)))
            .Select(f => (Key: (SectionKey)f.GetValue(null)!, Name: $"F:{f.DeclaringType!.FullName!.Replace('+', '.')}.{f.Name}"))
            .DistinctBy(f => f.Key)
            .ToDictionary(f => f.Key, f => f.Name);
    }

    /// <summary>What is said about a key; for a section without words of its own, what its record says.</summary>
    public string? Of(SectionKey key) =>
        _fields.TryGetValue(key, out var field) && _byMember.TryGetValue(field, out var text) ? text : key.Options is { } shape ? Of(shape) : null;

    public string? Of(OptionsShape shape) => _byMember.GetValueOrDefault($"T:{Name(shape.Type)}");

    public string? Of(OptionsProperty property) => _byMember.GetValueOrDefault($"P:{Name(property.Info.DeclaringType!)}.{property.Name}");

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static string Plain(XElement summary)
    {
        var text = string.Concat(summary.DescendantNodes().Select(n => n switch
        {
            XText words => words.Value,
            XElement { IsEmpty: true } reference => (reference.Attribute("cref")?.Value ?? reference.Attribute("name")?.Value ?? "").Split('.', ':')[^1],
            _ => "",
        }));
        return Spaces.Replace(text, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces { get; }
}
